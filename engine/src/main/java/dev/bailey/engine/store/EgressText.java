package dev.bailey.engine.store;

import dev.bailey.engine.model.Egress;
import dev.bailey.engine.model.EgressTarget;
import dev.bailey.engine.model.EgressWay;
import dev.bailey.engine.model.Ipv4Address;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** How an endpoint's packets leave the host, as words. */
final class EgressText {
    private static final String NONE = "-";

    private EgressText() {}

    static String encode(Egress egress) {
        return String.join(
                " ",
                egress.way().map(way -> Word.encode(way.toString())).orElse(NONE),
                egress.sourceAddress().map(Ipv4Address::toString).orElse(NONE),
                WordList.encode(
                        egress.allowed().stream().map(EgressTarget::toString).toList()));
    }

    static Egress decode(Iterator<String> words) {
        String way = words.next();
        String source = words.next();
        List<EgressTarget> allowed =
                WordList.decode(words.next()).stream().map(EgressTarget::parse).toList();
        return new Egress(
                way.equals(NONE) ? Optional.empty() : Optional.of(EgressWay.parse(Word.decode(way))),
                source.equals(NONE) ? Optional.empty() : Optional.of(Ipv4Address.parse(source)),
                allowed);
    }
}
