package io.github.deepthink4j.agent;

import static com.tngtech.archunit.base.DescribedPredicate.doNot;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import io.github.deepthink4j.docs.MainClasses;
import io.github.deepthink4j.docs.PublicSignatures;
import io.github.deepthink4j.internal.http.OwnThreads;
import org.junit.jupiter.api.Test;

/** What this module leans on, and what it does not. */
class AgentsArchitectureTest {

    private static final JavaClasses CLASSES = MainClasses.of("io.github.deepthink4j.agent");

    @Test
    void should_need_agentic_for_its_own_package_only() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..agent.agentic..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.langchain4j.agentic..", "io.github.deepthink4j.agent.agentic..")
                .check(CLASSES);
    }

    /** But for the library's threads, which its modules share. */
    @Test
    void should_not_use_what_is_internal_to_langchain4j_nor_the_transport() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "dev.langchain4j.internal..",
                                "dev.langchain4j.service..",
                                "io.github.deepthink4j.internal.http..",
                                "io.github.deepthink4j.internal.answer..")
                        .and(doNot(type(OwnThreads.class))))
                .check(CLASSES);
    }

    @Test
    void should_name_no_internal_type_in_a_public_signature() {
        PublicSignatures.doNotNameInternalTypes().check(CLASSES);
        PublicSignatures.markInternalPackages().check(CLASSES);
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

    /** LangChain4j's chat fires the listeners: an override would lose them. */
    @Test
    void should_never_override_chat() {
        noMethods()
                .that()
                .areDeclaredInClassesThat(assignableTo(ChatModel.class).or(assignableTo(StreamingChatModel.class)))
                .should()
                .haveName("chat")
                .check(CLASSES);
    }

    /** Each room stands on the common ones, and knows no other. */
    @Test
    void should_keep_the_rooms_apart() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.github.deepthink4j.agent..")
                .layer("common")
                .definedBy("io.github.deepthink4j.agent")
                .layer("internal")
                .definedBy("..agent.internal..")
                .layer("routing")
                .definedBy("..agent.routing..")
                .layer("failover")
                .definedBy("..agent.failover..")
                .layer("consensus")
                .definedBy("..agent.consensus..")
                .layer("structure")
                .definedBy("..agent.structure..")
                .layer("agentic")
                .definedBy("..agent.agentic..")
                .ensureAllClassesAreContainedInArchitecture()
                .whereLayer("agentic")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("routing")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("failover")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("consensus")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("structure")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("internal")
                .mayOnlyBeAccessedByLayers("routing", "failover", "consensus", "structure")
                .check(CLASSES);
    }
}
