package dev.bailey.engine.view;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A connection as the kernel tracks it.
 *
 * @param protocol {@code tcp}, {@code udp}, {@code icmp}, … or a number
 * @param state where a TCP connection is in its life, {@code ESTABLISHED}; {@code UNREPLIED} where no answer was seen; else empty
 * @param from where its first packet came from
 * @param to where that went, before NAT
 * @param fromAfterNat where it seems to come from, after NAT
 * @param toAfterNat where it went indeed, after NAT
 * @param timeoutSeconds how long it is remembered without another packet
 * @param sentBytes bytes in the direction of the first packet; empty unless {@code net.netfilter.nf_conntrack_acct} is on
 * @param receivedBytes bytes in the other direction; empty unless that is on
 */
public record ObservedFlow(
        String protocol,
        String state,
        End from,
        End to,
        End fromAfterNat,
        End toAfterNat,
        long timeoutSeconds,
        OptionalLong sentBytes,
        OptionalLong receivedBytes) {
    /**
     * One end.
     *
     * @param address its address
     * @param port its port; empty for a protocol without ports
     */
    public record End(String address, OptionalInt port) {
        /** The usual writing, with brackets around an IPv6 address that a port follows. */
        @Override
        public String toString() {
            if (port.isEmpty()) {
                return address;
            }
            return (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + port.getAsInt();
        }
    }
}
