package io.github.deepthink4j.reactor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.github.deepthink4j.docs.MainClasses;
import io.github.deepthink4j.docs.PublicSignatures;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES = MainClasses.of("io.github.deepthink4j.reactor");

    @Test
    void should_go_through_the_models_and_around_nothing() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.github.deepthink4j.internal.request..",
                        "io.github.deepthink4j.internal.answer..",
                        "io.github.deepthink4j.internal.http..",
                        "io.github.deepthink4j.profile..",
                        "dev.langchain4j.internal..",
                        "org.springframework..")
                .check(CLASSES);
    }

    /** Who has no AI services has no langchain4j on the class path, and perhaps no context-propagation either. */
    @Test
    void should_need_what_is_optional_in_one_place_each() {
        noClasses()
                .that()
                .haveSimpleNameNotStartingWith("ServiceRounds")
                .and()
                .haveSimpleNameNotStartingWith("ReasoningTokenStreamAdapter")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.langchain4j.service..", "dev.langchain4j.spi.services..")
                .check(CLASSES);
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ThreadLocals.class.getName() + "$Micrometer")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.micrometer..")
                .check(CLASSES);
    }

    @Test
    void should_name_no_internal_type_in_a_public_signature() {
        PublicSignatures.doNotNameInternalTypes().check(CLASSES);
    }

    @Test
    void should_have_no_class_that_is_called_after_nothing() {
        classes()
                .should()
                .haveSimpleNameNotEndingWith("Utils")
                .andShould()
                .haveSimpleNameNotEndingWith("Helper")
                .andShould()
                .haveSimpleNameNotEndingWith("Manager")
                .andShould()
                .haveSimpleNameNotEndingWith("Impl")
                .check(CLASSES);
    }
}
