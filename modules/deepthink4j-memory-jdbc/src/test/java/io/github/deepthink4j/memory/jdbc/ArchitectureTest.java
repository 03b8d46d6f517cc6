package io.github.deepthink4j.memory.jdbc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.github.deepthink4j.docs.ApiPage;
import io.github.deepthink4j.docs.MainClasses;
import io.github.deepthink4j.docs.PublicSignatures;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String PACKAGE = "io.github.deepthink4j.memory.jdbc";

    private static final JavaClasses CLASSES = MainClasses.of(PACKAGE);

    /** Neither a driver nor a pool, and of core nothing but what its memories say to a store. */
    @Test
    void should_need_the_jdk_and_langchain4j_alone() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        PACKAGE,
                        "io.github.deepthink4j.internal.memory",
                        "dev.langchain4j.data.message..",
                        "dev.langchain4j.exception..",
                        "dev.langchain4j.store..",
                        "org.slf4j..",
                        "org.jspecify..",
                        "java..",
                        "javax.sql..")
                .check(CLASSES);
    }

    @Test
    void should_name_no_internal_type_in_a_public_signature() {
        PublicSignatures.doNotNameInternalTypes().check(CLASSES);
    }

    @Test
    void should_list_each_public_type() throws IOException {
        assertThat(ApiPage.listed(PACKAGE)).containsExactlyInAnyOrderElementsOf(ApiPage.real(PACKAGE));
    }
}
