package dev.bailey.netlink.nftables;

import java.util.List;
import java.util.Optional;

/** What the tests of a rule have told of the packet so far, and which parts of its text those tests are. */
final class PacketKnowledge {
    private Optional<Family> network;
    private Optional<Integer> linkTest = Optional.empty();
    private Optional<Integer> networkTest = Optional.empty();
    private Optional<Value> transport = Optional.empty();
    private Optional<Integer> transportTest = Optional.empty();

    PacketKnowledge(Family family) {
        network = family == Family.IP || family == Family.IP6 ? Optional.of(family) : Optional.empty();
    }

    /** Takes note of a test that is about to become part {@code index} of the text. */
    void learn(String subject, Compare compare, int index) {
        if (compare.operator() != CompareOperator.EQUAL || compare.value().length() > Short.BYTES) {
            return;
        }
        if (subject.equals(MetaKey.NFPROTO.text())) {
            network = Family.ofNumber((int) compare.value().toNumber());
            networkTest = Optional.of(index);
        } else if (subject.equals(MetaKey.PROTOCOL.text())) {
            network = ofEtherType((int) compare.value().toNumber());
            networkTest = Optional.of(index);
        } else if (subject.equals(MetaKey.IIFTYPE.text())) {
            linkTest = Optional.of(index);
        } else if (subject.equals(MetaKey.L4PROTO.text())) {
            transport = Optional.of(compare.value());
            transportTest = Optional.of(index);
        }
    }

    private static Optional<Family> ofEtherType(int type) {
        return switch (type) {
            case 0x0800 -> Optional.of(Family.IP);
            case 0x86dd -> Optional.of(Family.IP6);
            case 0x0806 -> Optional.of(Family.ARP);
            default -> Optional.empty();
        };
    }

    boolean isIpv4() {
        return network.equals(Optional.of(Family.IP));
    }

    boolean isArp() {
        return network.equals(Optional.of(Family.ARP));
    }

    boolean isIpv6() {
        return network.equals(Optional.of(Family.IP6));
    }

    Optional<Value> transport() {
        return transport;
    }

    Optional<Integer> networkTest() {
        return networkTest;
    }

    /** The parts that say nothing new once a field of that header is named, if its name implies the protocol. */
    List<Integer> testsOf(Payload.Base base, boolean implied) {
        if (!implied) {
            return List.of();
        }
        Optional<Integer> test = switch (base) {
            case LINK -> linkTest;
            case NETWORK -> networkTest;
            case TRANSPORT -> transportTest;
        };
        return test.stream().toList();
    }
}
