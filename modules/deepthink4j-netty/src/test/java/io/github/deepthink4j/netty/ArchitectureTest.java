package io.github.deepthink4j.netty;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.github.deepthink4j.docs.MainClasses;
import io.github.deepthink4j.docs.PublicSignatures;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES = MainClasses.of("io.github.deepthink4j.netty");

    @Test
    void should_know_of_core_what_belongs_to_transports_alone() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.github.deepthink4j.internal.request..",
                        "io.github.deepthink4j.internal.answer..",
                        "io.github.deepthink4j.model..",
                        "io.github.deepthink4j.profile..",
                        "dev.langchain4j..")
                .check(CLASSES);
    }

    /** Whoever has the module needs no more of Netty than its transport and TLS; and its log would show keys. */
    @Test
    void should_need_no_codec_and_log_no_bytes() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty.handler.codec.http..", "io.netty.handler.logging..")
                .check(CLASSES);
    }

    @Test
    void should_name_no_internal_type_in_a_public_signature() {
        PublicSignatures.doNotNameInternalTypes().check(CLASSES);
    }
}
