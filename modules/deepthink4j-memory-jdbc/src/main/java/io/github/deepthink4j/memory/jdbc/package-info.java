/**
 * Conversations that outlive the process: a {@code ChatMemoryStore} on PostgreSQL, MySQL, MariaDB and H2 that overwrites nothing
 * it has not read.
 */
@NullMarked
package io.github.deepthink4j.memory.jdbc;

import org.jspecify.annotations.NullMarked;
