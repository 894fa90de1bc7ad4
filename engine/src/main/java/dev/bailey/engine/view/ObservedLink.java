package dev.bailey.engine.view;

import java.util.List;
import java.util.Optional;

/**
 * A link of the host as the kernel reports it.
 *
 * @param index its interface index, above 0
 * @param name its name
 * @param kind the kind of virtual device, such as {@code bridge} or {@code veth}; empty for others
 * @param master the index of the bridge or bond that it is a port of, 0 for none
 * @param loopback whether it is the host's way to itself
 * @param direct whether packets leave by it without a next hop, as by wg0, ppp0 or tun0
 * @param up whether it is administratively up
 * @param state what can be sent over it: {@code up}, {@code down}, {@code unknown}, …
 * @param mtuBytes its MTU in bytes
 * @param addresses its addresses of both families with the length of their prefixes
 * @param received what came in
 * @param sent what went out
 * @param bridge what only a bridge has
 * @param portState what a port of a bridge is allowed to do, such as {@code forwarding}; empty for no port
 */
public record ObservedLink(
        int index,
        String name,
        String kind,
        int master,
        boolean loopback,
        boolean direct,
        boolean up,
        String state,
        int mtuBytes,
        List<String> addresses,
        Traffic received,
        Traffic sent,
        Optional<Bridge> bridge,
        String portState) {
    /** Copies the list. */
    public ObservedLink {
        addresses = List.copyOf(addresses);
    }

    /**
     * What only a bridge has.
     *
     * @param id its id as brctl writes it, {@code 8000.0242ac110001}
     * @param spanningTree whether it speaks the spanning tree protocol
     */
    public record Bridge(String id, boolean spanningTree) {}
}
