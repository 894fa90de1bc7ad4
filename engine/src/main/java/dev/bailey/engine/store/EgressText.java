package dev.bailey.engine.store;

import dev.bailey.engine.model.Egress;
import dev.bailey.engine.model.EgressTarget;
import dev.bailey.engine.model.EgressWay;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.IpFamily;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How an endpoint's packets leave the host, as words. */
final class EgressText {
    private static final String NONE = "-";
    private static final String BETWEEN = ",";

    private EgressText() {}

    static String encode(Egress egress) {
        return String.join(
                " ",
                egress.way().map(way -> Word.encode(way.toString())).orElse(NONE),
                sources(egress),
                WordList.encode(
                        egress.allowed().stream().map(EgressTarget::toString).toList()));
    }

    static Egress decode(Iterator<String> words) {
        String way = words.next();
        String source = words.next();
        List<EgressTarget> allowed =
                WordList.decode(words.next()).stream().map(EgressTarget::parse).toList();
        List<IpAddress> sources = source.equals(NONE)
                ? List.of()
                : Stream.of(source.split(BETWEEN, -1)).map(IpAddress::parse).toList();
        return new Egress(
                way.equals(NONE) ? Optional.empty() : Optional.of(EgressWay.parse(Word.decode(way))),
                first(sources, Ipv4Address.class),
                first(sources, Ipv6Address.class),
                allowed);
    }

    private static String sources(Egress egress) {
        String both = Stream.of(IpFamily.values())
                .flatMap(family -> egress.source(family).stream())
                .map(IpAddress::toString)
                .collect(Collectors.joining(BETWEEN));
        return both.isEmpty() ? NONE : both;
    }

    private static <T extends IpAddress> Optional<T> first(List<IpAddress> addresses, Class<T> family) {
        return addresses.stream().filter(family::isInstance).map(family::cast).findFirst();
    }
}
