package io.github.deepthink4j;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.github.deepthink4j.docs.MainClasses;
import io.github.deepthink4j.docs.PublicSignatures;
import org.junit.jupiter.api.Test;

/** Packages know only what stands below them. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = MainClasses.of("io.github.deepthink4j")
            // On the class path of the tests; they have tests of their own.
            .that(resideOutsideOfPackages("io.github.deepthink4j.testkit..", "io.github.deepthink4j.leaks.."));

    @Test
    void should_keep_the_order_of_the_packages() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.github.deepthink4j..")
                .layer("model")
                .definedBy("..model..")
                .layer("memory")
                .definedBy("..memory..")
                .layer("tokens")
                .definedBy("..tokens..")
                .layer("request")
                .definedBy("..internal.request..")
                .layer("answer")
                .definedBy("..internal.answer..")
                .layer("http")
                .definedBy("..internal.http..")
                .layer("limit")
                .definedBy("..limit..")
                .layer("gate")
                .definedBy("..internal.gate..")
                .layer("stream")
                .definedBy("..internal.stream..")
                .layer("refusal")
                .definedBy("..internal.refusal..")
                .layer("profile")
                .definedBy("..profile..")
                .layer("settings")
                .definedBy("..settings..")
                .layer("error")
                .definedBy("..error..")
                .layer("price")
                .definedBy("..price..")
                .layer("log")
                .definedBy("..internal.log..")
                .layer("value")
                .definedBy("..internal.value..")
                .ensureAllClassesAreContainedInArchitecture()
                .whereLayer("model")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("memory")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("tokens")
                .mayOnlyBeAccessedByLayers("model", "memory")
                .whereLayer("request")
                .mayOnlyBeAccessedByLayers("model", "memory", "tokens")
                .whereLayer("answer")
                .mayOnlyBeAccessedByLayers("model")
                .whereLayer("http")
                .mayOnlyBeAccessedByLayers("model", "memory", "limit")
                .whereLayer("limit")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("gate")
                .mayOnlyBeAccessedByLayers("model", "limit")
                .whereLayer("stream")
                .mayOnlyBeAccessedByLayers("model")
                .whereLayer("refusal")
                .mayOnlyBeAccessedByLayers("model", "memory")
                .whereLayer("profile")
                .mayOnlyBeAccessedByLayers("model", "memory", "tokens", "request", "answer")
                .whereLayer("settings")
                .mayOnlyBeAccessedByLayers("model", "answer", "http", "limit", "gate", "stream")
                .whereLayer("error")
                .mayOnlyBeAccessedByLayers(
                        "model",
                        "memory",
                        "limit",
                        "tokens",
                        "request",
                        "refusal",
                        "answer",
                        "http",
                        "profile",
                        "settings")
                .whereLayer("price")
                .mayOnlyBeAccessedByLayers("model", "error")
                .whereLayer("log")
                .mayOnlyBeAccessedByLayers("model", "memory", "request", "http", "stream")
                .whereLayer("value")
                .mayOnlyBeAccessedByLayers(
                        "model", "request", "answer", "http", "profile", "settings", "error", "price")
                .check(CLASSES);
    }

    /** A memory sends nothing; it borrows threads. */
    @Test
    void should_let_the_memory_have_threads_and_nothing_else_of_http() {
        noClasses()
                .that()
                .resideInAPackage("..memory..")
                .should()
                .dependOnClassesThat(resideInAPackage("..internal.http..").and(not(simpleName("OwnThreads"))))
                .check(CLASSES);
    }

    @Test
    void should_name_no_internal_type_in_a_public_signature() {
        PublicSignatures.doNotNameInternalTypes().check(CLASSES);
        PublicSignatures.markInternalPackages().check(CLASSES);
    }

    @Test
    void should_use_what_is_internal_to_langchain4j_in_one_package_only() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..internal.request..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.langchain4j.internal..")
                .check(CLASSES);
    }

    @Test
    void should_use_what_users_may_not_have_in_few_places_only() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..memory..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.langchain4j.memory.chat..", "dev.langchain4j.service..")
                .check(CLASSES);
        noClasses()
                .that()
                .doNotHaveSimpleName("TokenizerJson")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..")
                .check(CLASSES);
    }

    @Test
    void should_do_no_io_but_in_the_transport() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "..profile..",
                        "..internal.request..",
                        "..internal.answer..",
                        "..internal.value..",
                        "..settings..",
                        "..price..",
                        "..error..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net.http..", "java.util.concurrent.locks..", "java.nio.channels..")
                .check(CLASSES);
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
