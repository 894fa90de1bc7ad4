package dev.bailey.engine.kernel;

import dev.bailey.engine.firewall.EgressPolicy;
import dev.bailey.engine.firewall.RuleSet;
import dev.bailey.engine.firewall.iptables.IptablesRules;
import dev.bailey.engine.model.BitRate;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.engine.model.Guard;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6InterfaceAddress;
import dev.bailey.engine.model.LinkAddress;
import dev.bailey.engine.model.MacAddress;
import dev.bailey.engine.model.PublishedPort;
import dev.bailey.engine.model.PublishedPorts;
import dev.bailey.engine.model.Subnet;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One change of the kernel's state, small enough to either happen or not. */
public sealed interface Step {

    /**
     * Returns the step that takes this one back, or empty where nothing remains to be taken back: a removal, or a step whose
     * effect goes away with that of an earlier one.
     */
    Optional<Step> undo();

    /**
     * Creates a bridge, down and without address.
     *
     * @param name its name
     * @param mtuBytes its MTU in bytes
     * @param mac its hardware address, fixed so that ports that come and go do not change it
     */
    record CreateBridge(InterfaceName name, int mtuBytes, MacAddress mac) implements Step {
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
    record AddAddress(InterfaceName link, LinkAddress address) implements Step {
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
    record RemoveAddress(InterfaceName link, LinkAddress address) implements Step {
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
    record AddRoute(InterfaceName link, InterfaceAddress address) implements Step {
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
    record SetLinkUp(InterfaceName link) implements Step {
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
    record SetMtu(InterfaceName link, int mtuBytes, int previous) implements Step {
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
    record SetMaster(InterfaceName link, InterfaceName bridge) implements Step {
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
    record SetIsolated(InterfaceName link, boolean isolated) implements Step {
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
    record SetHairpin(InterfaceName link, boolean on) implements Step {
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
            implements Step {
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
    record LimitHostEnd(InterfaceName hostEnd, BitRate rate) implements Step {
        @Override
        public Optional<Step> undo() {
            return Optional.empty();
        }
    }

    /**
     * Limits what a sandbox sends by one of its ends.
     *
     * <p>Its effect goes with the link, so it has no undo of its own.
     *
     * @param netns the sandbox's namespace
     * @param sandboxEnd the link's name inside
     * @param rate how much it sends in a second
     */
    record LimitSandboxEnd(Path netns, InterfaceName sandboxEnd, BitRate rate) implements Step {
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
     * @param address its address
     * @param gateway the next hop of the default route, or empty for none
     * @param ipv6 what it has of IPv6, or empty for nothing
     */
    record ConfigureSandboxEnd(
            Path netns,
            InterfaceName sandboxEnd,
            InterfaceAddress address,
            Optional<Ipv4Address> gateway,
            Optional<Ipv6End> ipv6)
            implements Step {
        @Override
        public Optional<Step> undo() {
            return Optional.empty();
        }
    }

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
    record MoveDefaultRoute(Path netns, Hop from, Hop to) implements Step {
        @Override
        public Optional<Step> undo() {
            return Optional.of(new MoveDefaultRoute(netns, to, from));
        }
    }

    /**
     * Removes a link; with a veth its other end goes as well.
     *
     * @param link the link's name
     */
    record RemoveLink(InterfaceName link) implements Step {
        @Override
        public Optional<Step> undo() {
            return Optional.empty();
        }
    }

    /**
     * Makes a new network namespace and binds it to a file.
     *
     * @param path the file
     */
    record CreateNamespace(Path path) implements Step {
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
    record RemoveNamespace(Path path) implements Step {
        @Override
        public Optional<Step> undo() {
            return Optional.empty();
        }
    }

    /**
     * Writes a kernel setting.
     *
     * @param name its dotted name, for example {@code net.ipv4.ip_forward}
     * @param value the new value
     * @param previous the value before
     */
    record WriteSetting(String name, String value, String previous) implements Step {
        @Override
        public Optional<Step> undo() {
            return Optional.of(new WriteSetting(name, previous, value));
        }
    }

    /**
     * Brings the kernel's rules to a wanted state in one transaction; what is right already stays untouched.
     *
     * @param wanted all tables of the engine
     * @param ports all that is published
     */
    record CommitRules(RuleSet wanted, PublishedPorts ports) implements Step {
        @Override
        public Optional<Step> undo() {
            return Optional.empty();
        }
    }

    /**
     * Publishes ports and ends the publication of others, in one transaction and without a look at the rest of what is
     * published: O(the ports that are changed). With nftables only, after rules were committed.
     *
     * @param before all that was published
     * @param after all that is to be
     * @param removed what goes
     * @param added what comes
     */
    record ChangePorts(
            PublishedPorts before, PublishedPorts after, List<PublishedPort> removed, List<PublishedPort> added)
            implements Step {
        /** Copies the lists. */
        public ChangePorts {
            removed = List.copyOf(removed);
            added = List.copyOf(added);
        }

        @Override
        public Optional<Step> undo() {
            return Optional.of(new ChangePorts(after, before, added, removed));
        }

        /** Leaves out what is published, of which there may be much. */
        @Override
        public String toString() {
            return "ChangePorts[removed=" + removed + ", added=" + added + "]";
        }
    }

    /**
     * Brings the engine's part of the tables of iptables to a wanted state, each table in one commit; what is right already
     * stays untouched, and so does everything of others.
     *
     * @param wanted all chains and rules of the engine
     */
    record CommitIptables(IptablesRules wanted) implements Step {
        @Override
        public Optional<Step> undo() {
            return Optional.empty();
        }
    }

    /**
     * Publishes ports and ends the publication of others in the tables of iptables, after rules were committed: what is there
     * of the engine's is what was before. O(the engine's rules).
     *
     * @param before all chains and rules of the engine
     * @param after those that are wanted
     */
    record ChangeIptables(IptablesRules before, IptablesRules after) implements Step {
        @Override
        public Optional<Step> undo() {
            return Optional.of(new ChangeIptables(after, before));
        }

        /** Leaves out the rules, of which there may be many. */
        @Override
        public String toString() {
            return "ChangeIptables";
        }
    }

    /**
     * Forgets tracked connections whose packets leave with an address of the host's instead of their sender's; their next
     * packets begin anew. O(all tracked connections).
     *
     * @param addresses which of the host's addresses
     * @param except destinations whose connections are kept
     */
    record ForgetFlows(Set<Ipv4Address> addresses, List<Subnet> except) implements Step {
        /** Copies the collections. */
        public ForgetFlows {
            addresses = Set.copyOf(addresses);
            except = List.copyOf(except);
        }

        @Override
        public Optional<Step> undo() {
            return Optional.empty();
        }
    }

    /**
     * Brings the guards of host ends to a wanted state in one transaction; what is right already stays untouched.
     *
     * @param wanted all of them
     */
    record CommitGuards(Set<Guard> wanted) implements Step {
        /** Copies the guards. */
        public CommitGuards {
            wanted = Set.copyOf(wanted);
        }

        @Override
        public Optional<Step> undo() {
            return Optional.empty();
        }

        /** Leaves out the guards, of which there may be many. */
        @Override
        public String toString() {
            return "CommitGuards";
        }
    }

    /**
     * Guards a host end, which need not be there yet; nothing where it is guarded like this.
     *
     * @param guard whose frames pass it
     */
    record AddGuard(Guard guard) implements Step {
        @Override
        public Optional<Step> undo() {
            return Optional.of(new RemoveGuard(guard));
        }
    }

    /**
     * Ends the guard of a host end; nothing where there is none.
     *
     * @param guard whose frames passed it
     */
    record RemoveGuard(Guard guard) implements Step {
        @Override
        public Optional<Step> undo() {
            return Optional.of(new AddGuard(guard));
        }
    }

    /**
     * Brings the ways out of the host to a wanted state: marks of packets, rules of policy routing, and routes of the engine's
     * own tables; what is right already stays untouched.
     *
     * @param before what was wanted before
     * @param wanted all of it
     */
    record CommitEgress(EgressPolicy before, EgressPolicy wanted) implements Step {
        @Override
        public Optional<Step> undo() {
            return Optional.of(new CommitEgress(wanted, before));
        }
    }

    /**
     * Lets an endpoint leave otherwise than its network says, by a way that is in use, or ends that; O(its allow list).
     *
     * @param sender the endpoint
     * @param on whether it does from now on
     */
    record SetSender(EgressPolicy.Sender sender, boolean on) implements Step {
        @Override
        public Optional<Step> undo() {
            return Optional.of(new SetSender(sender, !on));
        }
    }

    /**
     * Takes away what the engine has in a backend that is not in use, once the one in use has its rules; nothing where there
     * is nothing. A place made for the operator's own rules goes only while it is empty.
     *
     * @param backend the backend that is left
     */
    record RemoveRules(FirewallBackend backend) implements Step {
        @Override
        public Optional<Step> undo() {
            return Optional.empty();
        }
    }
}
