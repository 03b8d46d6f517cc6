package io.github.deepthink4j.testkit.script;

/** What can go wrong with an answer. Statuses have {@link Answer#error}. */
public enum Fault {
    /** The connection closes before the first piece. */
    CUT_BEFORE_FIRST_PIECE,
    /** The connection closes in mid-thought. */
    CUT_IN_THOUGHT,
    /** The connection closes in the midst of the text. */
    CUT_IN_ANSWER,
    /** The connection closes in the midst of a tool call's arguments. */
    CUT_IN_TOOL_CALL,
    /** The body ends, as HTTP says it must, after the last piece: neither a finish reason nor {@code [DONE]} comes. */
    CUT_BEFORE_DONE,
    /** The finish reason comes and the body ends, but {@code [DONE]} is missing. */
    NO_DONE,
    /** Nothing more comes after the first pieces, and the connection stays open. */
    STALL_SILENT,
    /** Nothing but keep-alives comes after the first pieces. */
    STALL_WITH_KEEP_ALIVES,
    /** Nothing comes at all. */
    STALL_BEFORE_HEADERS,
    /** After some pieces an error object comes as data. */
    ERROR_IN_STREAM_DATA,
    /** After some pieces an event named {@code error} comes. */
    ERROR_IN_STREAM_EVENT,
    /** {@code stop} with nothing in it. */
    EMPTY_ANSWER,
    /** The thought has eaten {@code max_tokens}. */
    BUDGET_EATEN,
    /** A chunk that is no JSON. */
    GARBAGE_JSON,
    /** The body ends within a character. */
    HALF_UTF8,
    /** A proxy's page with status 200. */
    HTML_WITH_200,
    /** Status 200 and nothing else. */
    BLANK_BODY,
    /** One line of 100 MB. */
    HUGE_LINE,
    /** Pieces without an end. */
    ENDLESS_ANSWER,
    /** The connection is reset before the head of the response. */
    RESET,
    /** The connection is reset after some pieces. */
    RESET_IN_ANSWER,
    /** The head of the response comes a byte at a time, and slowly. */
    SLOW_HEADERS,
    /** A redirect to another host. */
    REDIRECT_ELSEWHERE
}
