package dev.bailey.engine.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A protocol with ports, as far as they can be published. */
public enum TransportProtocol {
    /** The Transmission Control Protocol. */
    TCP(6),
    /** The User Datagram Protocol. */
    UDP(17),
    /** The Stream Control Transmission Protocol. */
    SCTP(132);

    private final int number;

    TransportProtocol(int number) {
        this.number = number;
    }

    /** Its number in IP headers (IANA, Assigned Internet Protocol Numbers). */
    public int number() {
        return number;
    }

    /**
     * Reads the word that {@link #toString} gives, in lower or upper case.
     *
     * @throws IllegalArgumentException naming the word and those there are
     */
    public static TransportProtocol parse(String word) {
        return Arrays.stream(values())
                .filter(protocol -> protocol.toString().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> Text.bad(
                        word,
                        "is no protocol with ports: there is "
                                + Arrays.stream(values())
                                        .map(TransportProtocol::toString)
                                        .collect(Collectors.joining(", "))));
    }

    /** The word for it: {@code tcp}, {@code udp} or {@code sctp}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
