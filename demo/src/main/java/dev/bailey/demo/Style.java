package dev.bailey.demo;

/** How the story is told. */
enum Style {
    /** For people at a terminal, in colour. */
    COLOUR("\033[1m", "\033[32m", "\033[2m", "\033[0m"),
    /** For a pipe or a file. */
    PLAIN("", "", "", ""),
    /** For a document. */
    MARKDOWN("", "", "", "");

    private final String title;
    private final String command;
    private final String remark;
    private final String normal;

    Style(String title, String command, String remark, String normal) {
        this.title = title;
        this.command = command;
        this.remark = remark;
        this.normal = normal;
    }

    String title(String text) {
        return title + text + normal;
    }

    String command(String text) {
        return command + text + normal;
    }

    String remark(String text) {
        return remark + text + normal;
    }
}
