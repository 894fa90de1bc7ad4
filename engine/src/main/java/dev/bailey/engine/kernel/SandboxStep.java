package dev.bailey.engine.kernel;

import dev.bailey.engine.model.BitRate;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.InterfaceSettings;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.IpSubnet;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6InterfaceAddress;
import dev.bailey.engine.model.LinkAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** A step in a sandbox, or on its namespace. */
public sealed interface SandboxStep extends Step {
    /**
     * Limits what a sandbox sends by one of its ends.
     *
     * <p>Its effect goes with the link, so it has no undo of its own.
     *
     * @param netns the sandbox's namespace
     * @param sandboxEnd the link's name inside
     * @param rate how much it sends in a second
     */
    record LimitSandboxEnd(Path netns, InterfaceName sandboxEnd, BitRate rate) implements SandboxStep {
        @Override
        public Optional<Step> undo() {
            return Optional.empty();
        }
    }

    /**
     * Sets a sandbox end to work: loopback and the end up, its addresses, the default routes. Without an IPv6 part, IPv6 is off
     * on it; with one, it takes no address or route from what others advertise.
     *
     * <p>Its effect goes with the link, so it has no undo of its own.
     *
     * @param netns the sandbox's namespace
     * @param sandboxEnd the link's name inside
     * @param ipv4 what it has of IPv4, or empty for nothing
     * @param ipv6 what it has of IPv6, or empty for nothing
     * @param settings what else it is set to before it is up
     */
    record ConfigureSandboxEnd(
            Path netns,
            InterfaceName sandboxEnd,
            Optional<Ipv4End> ipv4,
            Optional<Ipv6End> ipv6,
            InterfaceSettings settings)
            implements SandboxStep {
        @Override
        public Optional<Step> undo() {
            return Optional.empty();
        }
    }

    /**
     * What a sandbox end has of IPv4.
     *
     * @param address its address
     * @param gateway the next hop of the IPv4 default route, or empty for none
     */
    record Ipv4End(InterfaceAddress address, Optional<Ipv4Address> gateway) {}

    /**
     * What a sandbox end has of IPv6.
     *
     * @param address its address
     * @param gateway the next hop of the IPv6 default route, or empty for none
     */
    record Ipv6End(Ipv6InterfaceAddress address, Optional<Ipv6Address> gateway) {}

    /**
     * A way out of a sandbox.
     *
     * @param sandboxEnd the name of the link inside
     * @param gateway the next hop, in a subnet of that link; its family is that of the route
     */
    record Hop(InterfaceName sandboxEnd, IpAddress gateway) {}

    /**
     * Has a sandbox's default route of one family leave through another of its ends; there is no moment without one.
     *
     * @param netns the sandbox's namespace
     * @param from where it left through
     * @param to where it leaves through from now on, of the same family
     */
    record MoveDefaultRoute(Path netns, Hop from, Hop to) implements SandboxStep {
        @Override
        public Optional<Step> undo() {
            return Optional.of(new MoveDefaultRoute(netns, to, from));
        }
    }

    /**
     * Where packets leave that have one of a sandbox's addresses as their source, instead of by its default route; where a
     * route of the sandbox's own leads, they take that.
     *
     * @param address the address and its subnet, which is reached without the gateway
     * @param hop the end that has the address, and the next hop
     * @param beyond the subnets of other ends that are reached by the gateway as well, though those ends are nearer
     */
    record SourceRoute(LinkAddress address, Hop hop, Set<IpSubnet> beyond) {
        /** Copies the subnets. */
        public SourceRoute {
            beyond = Set.copyOf(beyond);
        }
    }

    /**
     * Brings the source routes of a sandbox to a wanted state, whatever there is of them; those of an end that is not there wait
     * for the step that is done when it is made anew. O(the sandbox's own rules and routes).
     *
     * @param netns the sandbox's namespace
     * @param before what was wanted before
     * @param wanted all of them
     */
    record CommitSourceRoutes(Path netns, Set<SourceRoute> before, Set<SourceRoute> wanted) implements SandboxStep {
        /** Copies the routes. */
        public CommitSourceRoutes {
            before = Set.copyOf(before);
            wanted = Set.copyOf(wanted);
        }

        @Override
        public Optional<Step> undo() {
            return Optional.of(new CommitSourceRoutes(netns, wanted, before));
        }
    }

    /**
     * Makes a new network namespace, with loopback up, and binds it to a file.
     *
     * @param path the file
     */
    record CreateNamespace(Path path) implements SandboxStep {
        @Override
        public Optional<Step> undo() {
            return Optional.of(new RemoveNamespace(path));
        }
    }

    /**
     * Unbinds a network namespace from its file and removes the file; the namespace goes when nobody is in it any more.
     *
     * @param path the file
     */
    record RemoveNamespace(Path path) implements SandboxStep {
        @Override
        public Optional<Step> undo() {
            return Optional.empty();
        }
    }
}
