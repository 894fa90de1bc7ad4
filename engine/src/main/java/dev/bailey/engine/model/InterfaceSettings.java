package dev.bailey.engine.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Settings of the kernel that an interface is to have in its sandbox, beside those that every one gets.
 *
 * @param values by name, such as {@code net.ipv4.conf.IFNAME.log_martians}; they are set in this order, before the interface
 *     is up. IFNAME stands for the interface's name.
 */
public record InterfaceSettings(Map<String, String> values) {
    /** None. */
    public static final InterfaceSettings NONE = new InterfaceSettings(Map.of());

    private static final String PLACE = "IFNAME";
    private static final Pattern NAME = Pattern.compile("net\\.(ipv4|ipv6|mpls)\\.[a-z]+\\.IFNAME\\.[a-z0-9_]+");
    private static final Pattern VALUE = Pattern.compile("[^\\p{Cntrl}]+");

    /** Checks names and values. */
    public InterfaceSettings {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        values.forEach((name, value) ->
                check(NAME.matcher(name).matches() && VALUE.matcher(value).matches(), name + "=" + value));
    }

    /**
     * Reads words like {@code net.ipv4.conf.IFNAME.forwarding=0}; of several with one name the last counts.
     *
     * @throws IllegalArgumentException naming the word and what would be right
     */
    public static InterfaceSettings parse(List<String> words) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            check(equals > 0, word);
            // In lower case is how Docker's client hands it on.
            values.put(word.substring(0, equals).replace(".ifname.", "." + PLACE + "."), word.substring(equals + 1));
        }
        return new InterfaceSettings(values);
    }

    private static void check(boolean right, String text) {
        if (!right) {
            throw new IllegalArgumentException("'" + text + "' is not a setting of an interface: write"
                    + " net.ipv4.conf.IFNAME.forwarding=0 for net.ipv4.conf.eth0.forwarding=0, of ipv4, ipv6 or mpls");
        }
    }

    /** The words that {@link #parse} reads. */
    public List<String> words() {
        return values.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .toList();
    }

    /** The values by the path below {@code /proc/sys}, for an interface of this name, which may have dots in it. */
    public Map<String, String> paths(InterfaceName name) {
        Map<String, String> paths = new LinkedHashMap<>();
        values.forEach((setting, value) -> paths.put(setting.replace('.', '/').replace(PLACE, name.value()), value));
        return paths;
    }
}
