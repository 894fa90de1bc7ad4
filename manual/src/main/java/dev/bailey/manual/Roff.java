package dev.bailey.manual;

/** A man page in the making, in the man(7) macros. */
final class Roff {
    private final StringBuilder text = new StringBuilder();

    /**
     * Starts a page.
     *
     * @param name its name
     * @param section its section of the manual
     * @param summary what the name stands for, in a few words
     */
    Roff(String name, int section, String summary) {
        text.append(".\\\" Made from the tables of options.\n");
        text.append(".TH ")
                .append(escape(name.toUpperCase(java.util.Locale.ROOT)))
                .append(' ')
                .append(section);
        text.append(" \"\" \"Bailey\" \"Bailey\"\n");
        section("NAME");
        text.append(escape(name)).append(" \\- ").append(escape(summary)).append('\n');
    }

    /** Begins a section. */
    Roff section(String title) {
        text.append(".SH ").append(escape(title)).append('\n');
        return this;
    }

    /** Begins a part of a section, titled by a command with what follows it. */
    Roff part(String command, String operands) {
        text.append(".SS \"").append(escape(command));
        text.append(operands.isEmpty() ? "" : " \\fR" + escape(operands)).append("\"\n");
        return this;
    }

    /** Adds a paragraph. */
    Roff paragraph(String words) {
        text.append(".PP\n").append(line(words));
        return this;
    }

    /** Adds a term, of which the first part is typed as it is and the second stands for something, and its meaning. */
    Roff term(String typed, String variable, String meaning) {
        text.append(".TP\n\\fB").append(escape(typed)).append("\\fR");
        text.append(variable.isEmpty() ? "" : " \\fI" + escape(variable) + "\\fR")
                .append('\n');
        text.append(line(meaning));
        return this;
    }

    /** Adds lines that stay as they are. */
    Roff example(String lines) {
        text.append(".PP\n.RS 4\n.nf\n");
        lines.lines().forEach(each -> text.append(line(each)));
        text.append(".fi\n.RE\n");
        return this;
    }

    /** A line of text that begins with no control character. */
    private static String line(String words) {
        String escaped = escape(words);
        return (escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" : "") + escaped + "\n";
    }

    /** Text in which every dash is one that can be copied into a shell. */
    static String escape(String words) {
        return words.replace("\\", "\\e").replace("-", "\\-").replace("\"", "\\(dq");
    }

    /** The page. */
    @Override
    public String toString() {
        return text.toString();
    }
}
