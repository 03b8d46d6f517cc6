package io.github.deepthink4j.testkit;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaModifier.PROTECTED;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rooms of the test kit: what users call, and what stands behind it. */
class TestKitArchitectureTest {

    private static final String KIT = "io.github.deepthink4j.testkit";
    private static final String INTERNAL = KIT + ".internal..";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(KIT);

    @Test
    void should_have_no_circle_of_rooms() {
        slices().matching("io.github.deepthink4j.(**)")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void should_keep_what_users_name_free_of_what_stands_behind_it() {
        noClasses()
                .that()
                .resideInAnyPackage(KIT + ".script", KIT + ".rule", KIT + ".recording")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(KIT, INTERNAL)
                .check(CLASSES);
    }

    @Test
    void should_name_no_internal_type_in_a_public_signature() {
        members()
                .that(describe("users see", TestKitArchitectureTest::isSeen))
                .should(new ArchCondition<JavaMember>("name no internal type") {
                    @Override
                    public void check(JavaMember member, ConditionEvents events) {
                        types(member)
                                .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                                .filter(TestKitArchitectureTest::isInternal)
                                .forEach(named -> events.add(SimpleConditionEvent.violated(
                                        member, member.getFullName() + " names " + named.getName())));
                    }
                })
                .check(CLASSES);
        classes()
                .that(describe("users see", TestKitArchitectureTest::isSeen))
                .should()
                .notBeAssignableTo(describe("internal", TestKitArchitectureTest::isInternal))
                .check(CLASSES);
    }

    private static Stream<? extends JavaType> types(JavaMember member) {
        if (member instanceof JavaField field) {
            return Stream.of(field.getType());
        }
        JavaCodeUnit unit = (JavaCodeUnit) member;
        return Stream.of(
                        Stream.of(unit.getReturnType()),
                        unit.getParameterTypes().stream(),
                        unit.getTypeParameters().stream(),
                        unit.getThrowsClause().getTypes().stream())
                .flatMap(each -> each);
    }

    private static boolean isInternal(JavaClass type) {
        return type.getPackageName().startsWith(KIT + ".internal");
    }

    private static boolean isSeen(JavaMember member) {
        return isSeen(member.getOwner())
                && (member.getModifiers().contains(PUBLIC)
                        || member.getModifiers().contains(PROTECTED));
    }

    private static boolean isSeen(JavaClass type) {
        return !isInternal(type)
                && type.getModifiers().contains(PUBLIC)
                && type.getEnclosingClass().map(TestKitArchitectureTest::isSeen).orElse(true);
    }

    @Test
    void should_not_need_what_is_for_those_who_have_it() {
        noClasses()
                .that()
                .resideOutsideOfPackages(KIT + ".internal.wiremock", KIT + ".assertion", KIT + ".standalone")
                .and()
                .doNotHaveSimpleName("DeepSeekExtension")
                .and()
                .doNotHaveSimpleName("DeepSeekParameter")
                .and()
                .doNotHaveSimpleName("DeepSeekTest")
                .and()
                .doNotHaveSimpleName("DeepSeekWireMock")
                .and()
                .haveSimpleNameNotStartingWith("Spring")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.junit..",
                        "org.assertj..",
                        "com.github.tomakehurst..",
                        "picocli..",
                        "org.springframework..",
                        "com.fasterxml.jackson.dataformat..")
                .orShould()
                .dependOnClassesThat()
                .haveSimpleName("DeepSeekExtension")
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
