package io.github.deepthink4j.faults;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

class FaultTest extends FaultKit {

    static Stream<Arguments> faults() {
        return faults(Way.ofCore());
    }
}
