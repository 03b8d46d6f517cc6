package io.github.deepthink4j.values;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaFieldAccess.AccessType;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.github.deepthink4j.docs.MainClasses;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.profile.Efforts;
import io.github.deepthink4j.profile.Feature;
import io.github.deepthink4j.profile.HistoryRules;
import io.github.deepthink4j.profile.LostReasoning;
import io.github.deepthink4j.profile.ModeRules;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.profile.RequestParameter;
import io.github.deepthink4j.profile.ThinkingSwitch;
import io.github.deepthink4j.settings.DecoderLimits;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.settings.Timeouts;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user can set changes something: nothing is there to be set and never read. */
class ValuesInUseTest {

    private static final JavaClasses MAIN = MainClasses.of("io.github.deepthink4j");

    /** Reading a component in these does nothing but pass it on. */
    private static final Set<String> PASSING_ON = Set.of("components", "from", "<init>");

    @ParameterizedTest
    @ValueSource(
            classes = {
                ModelProfile.class,
                ModeRules.class,
                HistoryRules.class,
                LostReasoning.class,
                Efforts.class,
                ThinkingSwitch.class,
                ReasoningDialect.class,
                Timeouts.class,
                RetryPolicy.class,
                DecoderLimits.class,
                ErrorDetails.class
            })
    void should_read_each_component_somewhere(Class<?> type) {
        JavaClass value = MAIN.get(type);

        assertThat(value.getFields().stream()
                        .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                        .filter(field -> !isReadWithin(value, field) && !isAskedFor(value, field.getName()))
                        .map(JavaField::getName))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                ModelProfile.class,
                ModeRules.class,
                HistoryRules.class,
                LostReasoning.class,
                Efforts.class,
                ThinkingSwitch.class,
                ReasoningDialect.class,
                RetryPolicy.class,
                ErrorDetails.class
            })
    void should_call_each_question_that_is_not_a_component(Class<?> type) {
        JavaClass value = MAIN.get(type);

        assertThat(value.getMethods().stream()
                        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(method -> !method.getModifiers().contains(JavaModifier.STATIC))
                        .map(JavaMethod::getName)
                        .filter(name ->
                                !Set.of("equals", "hashCode", "toString").contains(name))
                        .filter(name -> value.tryGetField(name).isEmpty())
                        .filter(name -> !isAskedFor(value, name)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(classes = {Feature.class, RequestParameter.class})
    void should_ask_for_each_constant_where_requests_are_checked(Class<?> type) {
        JavaClass constants = MAIN.get(type);

        assertThat(constants.getFields().stream()
                        .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                        .filter(field -> field.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(field -> field.getAccessesToSelf().stream()
                                .allMatch(access ->
                                        access.getOriginOwner().getPackageName().equals(type.getPackageName())))
                        .map(JavaField::getName))
                .isEmpty();
    }

    /** By a method of the value that does something with it. */
    private static boolean isReadWithin(JavaClass value, JavaField field) {
        return field.getAccessesToSelf().stream()
                .filter(access -> access.getAccessType() == AccessType.GET)
                .map(JavaFieldAccess::getOrigin)
                .filter(origin -> origin.getOwner().equals(value))
                .anyMatch(
                        origin -> !origin.getName().equals(field.getName()) && !PASSING_ON.contains(origin.getName()));
    }

    /** By code outside of the value, called or referred to. */
    private static boolean isAskedFor(JavaClass value, String method) {
        return value.getMethods().stream()
                .filter(candidate -> candidate.getName().equals(method))
                .flatMap(candidate -> Stream.<JavaAccess<?>>concat(
                        candidate.getCallsOfSelf().stream(), candidate.getReferencesToSelf().stream()))
                .anyMatch(access -> !access.getOriginOwner().getName().startsWith(value.getName()));
    }
}
