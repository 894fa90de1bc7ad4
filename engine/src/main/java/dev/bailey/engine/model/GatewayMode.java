package dev.bailey.engine.model;

import java.util.Arrays;
import java.util.stream.Collectors;

/** How packets pass between a network and what is outside of it; Docker's words and meanings. */
public enum GatewayMode {
    /** Out with the host's address, in through published ports and by no other way. */
    NAT("nat"),
    /** As {@link #NAT}, and who has a route to the subnet reaches every port of its endpoints. */
    NAT_UNPROTECTED("nat-unprotected"),
    /** Out and in with the endpoints' own addresses; in to published ports alone. */
    ROUTED("routed"),
    /** Neither out nor in, this host included: the bridge has no address. Only for internal networks. */
    ISOLATED("isolated");

    private final String word;

    GatewayMode(String word) {
        this.word = word;
    }

    /**
     * Reads Docker's word.
     *
     * @throws IllegalArgumentException naming the input and the words there are
     */
    public static GatewayMode parse(String text) {
        return Arrays.stream(values())
                .filter(mode -> mode.word.equals(text))
                .findFirst()
                .orElseThrow(() -> Text.bad(
                        text,
                        "is not a gateway mode: choose "
                                + Arrays.stream(values())
                                        .map(GatewayMode::toString)
                                        .collect(Collectors.joining(", "))));
    }

    /** The word that {@link #parse} reads. */
    @Override
    public String toString() {
        return word;
    }
}
