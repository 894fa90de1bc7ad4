package dev.bailey.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An option of the daemon as its own help tells it.
 *
 * @param forms how it is written, {@code -b, --bridge}
 * @param value what its value is called, empty where it takes none
 * @param key its name in daemon.json, empty where it has none
 * @param description what it means, in one line
 */
record DaemonOption(String forms, String value, String key, String description) {
    private static final Pattern HEAD = Pattern.compile(" {2}(?: {4}|(-\\w), )(--[\\w-]+)(?: (\\S.*))?");
    private static final Pattern TEXT = Pattern.compile(" {8}(.*?)(?: \\[([\\w-]+)](.*))?");

    /** Returns all options in the order of help. */
    static List<DaemonOption> all() {
        return parse(dev.bailey.daemon.main.Main.help());
    }

    static List<DaemonOption> parse(String help) {
        List<DaemonOption> options = new ArrayList<>();
        List<String> lines = help.lines().toList();
        for (int i = 0; i + 1 < lines.size(); i++) {
            Matcher head = HEAD.matcher(lines.get(i));
            Matcher text = TEXT.matcher(lines.get(i + 1));
            if (head.matches() && text.matches()) {
                options.add(of(head, text));
            }
        }
        return options;
    }

    private static DaemonOption of(Matcher head, Matcher text) {
        String forms = head.group(1) == null ? head.group(2) : head.group(1) + ", " + head.group(2);
        String value = head.group(3) == null ? "" : head.group(3);
        return text.group(2) == null
                ? new DaemonOption(forms, value, "", text.group(1))
                : new DaemonOption(forms, value, text.group(2), text.group(1) + text.group(3));
    }

    /** Returns each way to write it. */
    List<String> words() {
        return List.of(forms.split(", "));
    }
}
