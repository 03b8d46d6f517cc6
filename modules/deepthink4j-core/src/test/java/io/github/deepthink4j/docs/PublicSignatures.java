package io.github.deepthink4j.docs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/** What users call must not force them to name what may change in any release. For the tests of all modules. */
public final class PublicSignatures {

    private PublicSignatures() {}

    /** No public or protected member of a type that users see names a type of an {@code internal} package. */
    public static ArchRule doNotNameInternalTypes() {
        return classes().should(new ArchCondition<>("name no internal type where users see it") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!isSeen(type)) {
                    return;
                }
                Set<JavaClass> named = new LinkedHashSet<>();
                type.getRawInterfaces().forEach(named::add);
                type.getRawSuperclass().ifPresent(named::add);
                type.getSuperclass().ifPresent(superclass -> named.addAll(superclass.getAllInvolvedRawTypes()));
                type.getInterfaces().forEach(each -> named.addAll(each.getAllInvolvedRawTypes()));
                type.getTypeParameters().forEach(each -> named.addAll(each.getAllInvolvedRawTypes()));
                type.getFields().stream()
                        .filter(PublicSignatures::isSeen)
                        .map(JavaField::getType)
                        .forEach(each -> named.addAll(each.getAllInvolvedRawTypes()));
                type.getCodeUnits().stream()
                        .filter(PublicSignatures::isSeen)
                        .flatMap(PublicSignatures::typesOf)
                        .forEach(each -> named.addAll(each.getAllInvolvedRawTypes()));
                for (JavaClass each : named) {
                    if (isInternal(each)) {
                        events.add(SimpleConditionEvent.violated(
                                type, type.getName() + " names " + each.getName() + " where users see it"));
                    }
                }
            }
        });
    }

    /** Each package that is internal says so by an annotation, in the documentation as well as to tools. */
    public static ArchRule markInternalPackages() {
        return classes().should(new ArchCondition<>("stand in a package that is marked, if it is internal") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().getAnnotations().stream()
                        .anyMatch(annotation ->
                                annotation.getRawType().getSimpleName().equals("Internal"));
                if (isInternal(type) && !marked) {
                    events.add(SimpleConditionEvent.violated(
                            type, type.getPackageName() + " is not marked as @Internal in its package-info.java"));
                }
            }
        });
    }

    private static Stream<JavaType> typesOf(JavaCodeUnit unit) {
        return Stream.of(
                        Stream.of(unit.getReturnType()),
                        unit.getParameterTypes().stream(),
                        unit.getTypeParameters().stream(),
                        unit.getThrowsClause().getTypes().stream())
                .flatMap(each -> each);
    }

    private static boolean isInternal(JavaClass type) {
        return type.getPackageName().startsWith("io.github.deepthink4j.")
                && type.getPackageName().contains(".internal");
    }

    private static boolean isSeen(JavaClass type) {
        return !isInternal(type)
                && type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(PublicSignatures::isSeen).orElse(true);
    }

    private static boolean isSeen(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }
}
