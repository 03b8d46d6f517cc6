package io.github.deepthink4j.samples.agent;

import java.sql.SQLException;
import java.util.Map;
import org.h2.api.ErrorCode;

/** Why a database can't be opened, in a line. Of H2's own words nothing is shown: they quote the url, with what is secret in it. */
final class UnusableDatabase {

    private record Reason(String english, String chinese) {}

    /** Not one of H2's codes. */
    static final int SILENT = -1;

    private static final Reason SETTINGS = new Reason(
            "holds a setting behind a ; that H2 does not know or that stands there twice: the user is sa, without a"
                    + " password, and neither is set here",
            "的 ; 后面有 H2 不认识或重复的设置：用户是没有密码的 sa，不在这里设置");

    private static final Map<Integer, Reason> REASONS = Map.of(
            SILENT,
            new Reason(
                    "names a server that accepts connections and does not answer. Is it one of H2's",
                    "指的服务器接受连接却不回答。它是 H2 的服务器吗"),
            ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1,
            new Reason(
                    "names a database that has some of the shop's tables and not the others. Set it to another file, or delete"
                            + " that one",
                    "指的数据库只有商店的一部分表。请设为别的文件，或者删除那个文件"),
            ErrorCode.DATABASE_ALREADY_OPEN_1,
            new Reason(
                    "names a database that another program has open, such as a second agent. End that one, or set"
                            + " AGENT_DATABASE to another file",
                    "指的数据库正被另一个程序使用，例如另一个客服智能体。请结束那个程序，或者把 AGENT_DATABASE 设为别的文件"),
            ErrorCode.WRONG_USER_OR_PASSWORD,
            new Reason(
                    "names a database that does not let in the user sa without a password. Set it to another file",
                    "指的数据库不接受没有密码的用户 sa。请设为别的文件"),
            ErrorCode.URL_RELATIVE_TO_CWD,
            new Reason(
                    "names a file without saying where it is. It begins with jdbc:h2:./ or jdbc:h2:/, such as jdbc:h2:./shop",
                    "没有说明文件在哪里。它以 jdbc:h2:./ 或 jdbc:h2:/ 开头，例如 jdbc:h2:./shop"),
            ErrorCode.DUPLICATE_PROPERTY_1,
            SETTINGS,
            ErrorCode.UNSUPPORTED_SETTING_1,
            SETTINGS,
            ErrorCode.URL_FORMAT_ERROR_2,
            SETTINGS);

    private UnusableDatabase() {}

    static IllegalArgumentException because(SQLException error) {
        Reason reason = REASONS.getOrDefault(
                error.getErrorCode(),
                new Reason(
                        "names a database that can't be opened (error " + error.getErrorCode()
                                + " of H2). It looks like jdbc:h2:./shop, with a folder that can be written to",
                        "指的数据库无法打开（H2 错误 " + error.getErrorCode() + "）。它的样子是 jdbc:h2:./shop，文件夹要可写"));
        return Environment.wrong("AGENT_DATABASE", reason.english(), reason.chinese());
    }
}
