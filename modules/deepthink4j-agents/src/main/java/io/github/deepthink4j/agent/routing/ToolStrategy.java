package io.github.deepthink4j.agent.routing;

/** How a reasoner and a tool caller share the work. */
public enum ToolStrategy {
    /**
     * Each request goes to one part as it is: one that carries tools to the tool caller, any other to the reasoner; to the other
     * one where only that can do what the request needs. One call for each request.
     */
    ROUTE,
    /**
     * At a new user message of a request that carries tools, the reasoner thinks out a plan; the tool caller carries it out,
     * round by round; when it has no more calls, the reasoner writes the answer. Two more calls for each such user message, and
     * the last round's answer of the tool caller is not used. Requests without tools are routed.
     */
    PLAN_CALL_ANSWER
}
