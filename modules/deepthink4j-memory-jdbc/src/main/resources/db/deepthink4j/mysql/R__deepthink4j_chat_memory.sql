-- The tables of deepthink4j-memory-jdbc. Times are milliseconds since 1970, UTC. The version is another number after each change.
-- A repeatable script of Flyway's: it takes no number from yours, and changes nothing where the tables are there.
-- The id is in UTF-8, as bytes: text is compared here without its case, its accents and the spaces at its end.
CREATE TABLE IF NOT EXISTS `deepthink4j_conversation` (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    memory_id VARBINARY(2000) NOT NULL UNIQUE,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    KEY `deepthink4j_conversation_updated` (updated_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT = DYNAMIC;

-- A message in LangChain4j's JSON, in the order of the positions, which have gaps.
CREATE TABLE IF NOT EXISTS `deepthink4j_message` (
    conversation_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    message LONGTEXT NOT NULL,
    PRIMARY KEY (conversation_id, position),
    FOREIGN KEY (conversation_id) REFERENCES `deepthink4j_conversation` (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT = DYNAMIC;
