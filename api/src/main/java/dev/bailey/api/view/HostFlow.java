package dev.bailey.api.view;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * A tracked connection of a container, as {@code GET /bailey/flows} tells it.
 *
 * @param protocol {@code tcp}, {@code udp}, {@code icmp}, … or a number
 * @param state where a TCP connection is in its life; {@code UNREPLIED} where no answer was seen; else empty
 * @param fromContainer name of the container that it comes from; empty when it comes from elsewhere
 * @param toContainer name of the container that it goes to; empty when it goes elsewhere
 * @param from address and port that its first packet came from
 * @param to address and port that it went to, before NAT
 * @param fromAfterNat address and port that it seems to come from, after NAT
 * @param toAfterNat address and port that it went to indeed, after NAT
 * @param timeoutSeconds how long it is remembered without another packet
 * @param sentBytes bytes in the direction of the first packet; absent where the kernel does not count
 * @param receivedBytes bytes in the other direction; absent where the kernel does not count
 */
@Json
public record HostFlow(
        String protocol,
        String state,
        String fromContainer,
        String toContainer,
        String from,
        String to,
        String fromAfterNat,
        String toAfterNat,
        long timeoutSeconds,
        @Nullable Long sentBytes,
        @Nullable Long receivedBytes) {
    public HostFlow {
        protocol = Absent.orEmpty(protocol);
        state = Absent.orEmpty(state);
        fromContainer = Absent.orEmpty(fromContainer);
        toContainer = Absent.orEmpty(toContainer);
        from = Absent.orEmpty(from);
        to = Absent.orEmpty(to);
        fromAfterNat = Absent.orEmpty(fromAfterNat);
        toAfterNat = Absent.orEmpty(toAfterNat);
    }

    /** Returns whether its addresses or ports are translated. */
    public boolean translated() {
        return !from.equals(fromAfterNat) || !to.equals(toAfterNat);
    }
}
