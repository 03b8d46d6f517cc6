package io.github.deepthink4j.cost;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.deepthink4j.docs.PublicSignatures;
import org.junit.jupiter.api.Test;

/** What prices lean on, and what they do not. */
class CostArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.deepthink4j.cost");

    /** A price list is a value: it sends nothing, and knows no request. */
    @Test
    void should_price_without_a_transport() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.github.deepthink4j.cost.budget..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.github.deepthink4j.internal.http..")
                        .or(resideInAPackage("io.github.deepthink4j.internal.answer.."))
                        .or(resideInAPackage("io.github.deepthink4j.internal.request..")))
                .check(CLASSES);
    }

    @Test
    void should_know_the_price_list_without_what_is_built_on_it() {
        noClasses()
                .that()
                .resideInAPackage("io.github.deepthink4j.cost")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.github.deepthink4j.cost.budget..")
                .check(CLASSES);
    }

    @Test
    void should_name_no_internal_type_in_a_public_signature() {
        PublicSignatures.doNotNameInternalTypes().check(CLASSES);
        PublicSignatures.markInternalPackages().check(CLASSES);
    }
}
