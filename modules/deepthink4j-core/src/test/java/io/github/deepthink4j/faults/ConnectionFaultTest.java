package io.github.deepthink4j.faults;

import java.util.List;

class ConnectionFaultTest extends ConnectionFaultKit {

    static List<Way> ways() {
        return Way.ofCore();
    }
}
