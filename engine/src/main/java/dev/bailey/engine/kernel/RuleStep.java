package dev.bailey.engine.kernel;

import dev.bailey.engine.firewall.EgressPolicy;
import dev.bailey.engine.firewall.FirewallPolicy;
import dev.bailey.engine.firewall.iptables.IptablesRules;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.engine.model.Guard;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.PublishedPort;
import dev.bailey.engine.model.PublishedPorts;
import dev.bailey.engine.model.Subnet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A step on what packets pass: the rules of the firewall, the guards of host ends, the ways out, tracked connections. */
public sealed interface RuleStep extends Step {
    /**
     * Brings the kernel's rules to a wanted state in one transaction; what is right already stays untouched. Where rules were
     * committed before and nobody changed them since, it costs what differs and a comparison of each network.
     *
     * @param wanted what is to pass, of all networks
     * @param ports all that is published
     */
    record CommitRules(FirewallPolicy wanted, PublishedPorts ports) implements RuleStep {
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
            implements RuleStep {
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
    record CommitIptables(IptablesRules wanted) implements RuleStep {
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
    record ChangeIptables(IptablesRules before, IptablesRules after) implements RuleStep {
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
    record ForgetFlows(Set<Ipv4Address> addresses, List<Subnet> except) implements RuleStep {
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
    record CommitGuards(Set<Guard> wanted) implements RuleStep {
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
    record AddGuard(Guard guard) implements RuleStep {
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
    record RemoveGuard(Guard guard) implements RuleStep {
        @Override
        public Optional<Step> undo() {
            return Optional.of(new AddGuard(guard));
        }
    }

    /**
     * Brings the ways out of the host to a wanted state, in one family: marks of packets, rules of policy routing, and routes of
     * the engine's own tables; what is right already stays untouched.
     *
     * @param before what was wanted before
     * @param wanted all of it
     */
    record CommitEgress(EgressPolicy before, EgressPolicy wanted) implements RuleStep {
        /** Checks that both are of one family. */
        public CommitEgress {
            if (before.family() != wanted.family()) {
                throw new IllegalArgumentException(
                        "ways of " + before.family() + " do not become ways of " + wanted.family());
            }
        }

        @Override
        public Optional<Step> undo() {
            return Optional.of(new CommitEgress(wanted, before));
        }
    }

    /**
     * Lets an endpoint leave otherwise than its network says, in one family, by a way that is in use, or ends that; O(its allow
     * list).
     *
     * @param sender the endpoint
     * @param on whether it does from now on
     */
    record SetSender(EgressPolicy.Sender sender, boolean on) implements RuleStep {
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
    record RemoveRules(FirewallBackend backend) implements RuleStep {
        @Override
        public Optional<Step> undo() {
            return Optional.empty();
        }
    }
}
