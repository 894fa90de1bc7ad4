package dev.bailey.engine.kernel;

import dev.bailey.engine.model.BitRate;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.LinkAddress;
import dev.bailey.engine.model.MacAddress;
import java.nio.file.Path;
import java.util.Optional;

/** A step on the links of the host. */
public sealed interface LinkStep extends Step {
    /**
     * Creates a bridge, down and without address.
     *
     * @param name its name
     * @param mtuBytes its MTU in bytes
     * @param mac its hardware address, fixed so that ports that come and go do not change it
     */
    record CreateBridge(InterfaceName name, int mtuBytes, MacAddress mac) implements LinkStep {
        @Override
        public Optional<Step> undo() {
            return Optional.of(new RemoveLink(name));
        }
    }

    /**
     * Gives a link an address, which works at once: of an IPv6 address nobody is asked whether they have it (IFA_F_NODAD).
     *
     * @param link the link's name
     * @param address the address
     */
    record AddAddress(InterfaceName link, LinkAddress address) implements LinkStep {
        @Override
        public Optional<Step> undo() {
            return Optional.of(new RemoveAddress(link, address));
        }
    }

    /**
     * Takes an address off a link.
     *
     * @param link the link's name
     * @param address the address
     */
    record RemoveAddress(InterfaceName link, LinkAddress address) implements LinkStep {
        @Override
        public Optional<Step> undo() {
            return Optional.of(new AddAddress(link, address));
        }
    }

    /**
     * Adds the route to the subnet of one of a link's IPv4 addresses, which the kernel makes with the address; nothing where it
     * is there.
     *
     * @param link the link's name
     * @param address the address
     */
    record AddRoute(InterfaceName link, InterfaceAddress address) implements LinkStep {
        @Override
        public Optional<Step> undo() {
            return Optional.empty();
        }
    }

    /**
     * Sets a link up.
     *
     * @param link the link's name
     */
    record SetLinkUp(InterfaceName link) implements LinkStep {
        @Override
        public Optional<Step> undo() {
            return Optional.empty();
        }
    }

    /**
     * Sets a link's MTU.
     *
     * @param link the link's name
     * @param mtuBytes the new one, in bytes
     * @param previous the one before, in bytes
     */
    record SetMtu(InterfaceName link, int mtuBytes, int previous) implements LinkStep {
        @Override
        public Optional<Step> undo() {
            return Optional.of(new SetMtu(link, previous, mtuBytes));
        }
    }

    /**
     * Makes a link a port of a bridge.
     *
     * @param link the link's name
     * @param bridge the bridge's name
     */
    record SetMaster(InterfaceName link, InterfaceName bridge) implements LinkStep {
        @Override
        public Optional<Step> undo() {
            return Optional.empty();
        }
    }

    /**
     * Keeps a port of a bridge from the other isolated ports of it, whatever the frames, or lets it reach them.
     *
     * @param link the port's name
     * @param isolated whether it is kept from them
     */
    record SetIsolated(InterfaceName link, boolean isolated) implements LinkStep {
        @Override
        public Optional<Step> undo() {
            return Optional.of(new SetIsolated(link, !isolated));
        }
    }

    /**
     * Lets a bridge send a frame back through the port that it came by, or ends that. A sandbox that reaches itself by a
     * published port needs it where bridged frames pass the IP rules (br_netfilter): there the destination changes on the
     * bridge.
     *
     * @param link the port's name
     * @param on whether it may
     */
    record SetHairpin(InterfaceName link, boolean on) implements LinkStep {
        @Override
        public Optional<Step> undo() {
            return Optional.of(new SetHairpin(link, !on));
        }
    }

    /**
     * Creates a veth pair: the host end up and a port of the bridge, the sandbox end born inside the sandbox, down.
     *
     * @param hostEnd the host end's name
     * @param bridge the bridge's name
     * @param mtuBytes the MTU of both ends, in bytes
     * @param netns the sandbox's namespace
     * @param sandboxEnd the sandbox end's name
     * @param mac the sandbox end's hardware address
     */
    record CreateVeth(
            InterfaceName hostEnd,
            InterfaceName bridge,
            int mtuBytes,
            Path netns,
            InterfaceName sandboxEnd,
            MacAddress mac)
            implements LinkStep {
        @Override
        public Optional<Step> undo() {
            return Optional.of(new RemoveLink(hostEnd));
        }
    }

    /**
     * Limits what a host end sends to its sandbox.
     *
     * <p>Its effect goes with the link, so it has no undo of its own.
     *
     * @param hostEnd the host end's name
     * @param rate how much it sends in a second
     */
    record LimitHostEnd(InterfaceName hostEnd, BitRate rate) implements LinkStep {
        @Override
        public Optional<Step> undo() {
            return Optional.empty();
        }
    }

    /**
     * Removes a link; with a veth its other end goes as well.
     *
     * @param link the link's name
     */
    record RemoveLink(InterfaceName link) implements LinkStep {
        @Override
        public Optional<Step> undo() {
            return Optional.empty();
        }
    }
}
