package dev.bailey.runtime;

import dev.bailey.runtime.state.ContainerRecord;
import java.util.List;
import java.util.stream.Collectors;

/** The text of a container's {@code /etc/hosts}; pure. What its processes wrote into it stays. */
final class HostsFile {
    static final String LOCALHOST = "127.0.0.1\tlocalhost\n";

    /** What stands there once the container has an IPv6 address. */
    static final String IPV6 = """
            ::1\tlocalhost ip6-localhost ip6-loopback
            fe00::\tip6-localnet
            ff00::\tip6-mcastprefix
            ff02::1\tip6-allnodes
            ff02::2\tip6-allrouters
            """;

    private static final String IPV6_START = "::1\t";

    private HostsFile() {}

    /** The text with the container's name at more addresses; a line that is there already stays alone. */
    static String with(String text, ContainerRecord container, List<String> addresses) {
        StringBuilder more = new StringBuilder(text);
        if (!text.isEmpty() && !text.endsWith("\n")) {
            more.append('\n');
        }
        if (addresses.stream().anyMatch(HostsFile::isIpv6)
                && text.lines().noneMatch(line -> line.startsWith(IPV6_START))) {
            more.append(IPV6);
        }
        List<String> there = text.lines().toList();
        addresses.stream()
                .map(address -> line(address, container))
                .filter(line -> !there.contains(line))
                .forEach(line -> more.append(line).append('\n'));
        return more.toString();
    }

    /** The text without the container's name at some addresses. */
    static String without(String text, ContainerRecord container, List<String> addresses) {
        List<String> gone =
                addresses.stream().map(address -> line(address, container)).toList();
        return text.lines()
                .filter(line -> !gone.contains(line))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    static boolean isIpv6(String address) {
        return address.indexOf(':') >= 0;
    }

    private static String line(String address, ContainerRecord container) {
        String hostname = container.hostname();
        int dot = hostname.indexOf('.');
        return address + "\t" + hostname + (dot > 0 ? " " + hostname.substring(0, dot) : "");
    }
}
