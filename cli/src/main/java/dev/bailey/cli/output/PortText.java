package dev.bailey.cli.output;

import dev.bailey.api.container.PortSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** The ports of a container in one line, as Docker prints them: those that follow each other at both ends are one range. */
final class PortText {
    private static final Comparator<PortSummary> ORDER = Comparator.<PortSummary, Boolean>comparing(
                    port -> address(port).indexOf(':') >= 0)
            .thenComparing(PortText::address)
            .thenComparing(PortSummary::type)
            .thenComparingInt(PortSummary::privatePort)
            .thenComparingInt(PortText::publicPort);

    private PortText() {}

    private record Range(PortSummary first, PortSummary last) {
        boolean isFollowedBy(PortSummary next) {
            return address(next).equals(address(last))
                    && next.type().equals(last.type())
                    && next.privatePort() == last.privatePort() + 1
                    && (last.publicPort() == null
                            ? next.publicPort() == null
                            : publicPort(next) == publicPort(last) + 1);
        }

        String text() {
            String inside = range(first.privatePort(), last.privatePort()) + "/" + first.type();
            return first.publicPort() == null
                    ? inside
                    : beforeColon(address(first)) + ":" + range(publicPort(first), publicPort(last)) + "->" + inside;
        }

        private static String beforeColon(String address) {
            return address.indexOf(':') < 0 ? address : "[" + address + "]";
        }

        private static String range(int first, int last) {
            return first == last ? Integer.toString(first) : first + "-" + last;
        }
    }

    static String of(List<PortSummary> ports) {
        List<Range> ranges = new ArrayList<>();
        for (PortSummary port : ports.stream().sorted(ORDER).toList()) {
            if (!ranges.isEmpty() && ranges.getLast().isFollowedBy(port)) {
                ranges.add(new Range(ranges.removeLast().first(), port));
            } else {
                ranges.add(new Range(port, port));
            }
        }
        return String.join(", ", ranges.stream().map(Range::text).toList());
    }

    /** Nothing for a port that is not published. */
    private static String address(PortSummary port) {
        return Objects.requireNonNullElse(port.ip(), "");
    }

    private static int publicPort(PortSummary port) {
        return Objects.requireNonNullElse(port.publicPort(), 0);
    }
}
