package dev.bailey.engine.store;

import dev.bailey.engine.model.EgressWay;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkId;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.SandboxId;
import java.util.List;
import java.util.Objects;

/**
 * One step in the life of what the engine keeps. Whatever takes several kernel operations has an intent, written before
 * the first of them, and an outcome, written after the last: an intent without its outcome tells the next start what to
 * look at.
 */
public sealed interface StateRecord {
    /**
     * There is a network.
     *
     * @param network the network
     */
    record NetworkCreated(Network network) implements StateRecord {
        /** Checks that nothing is missing. */
        public NetworkCreated {
            Objects.requireNonNull(network, "network");
        }
    }

    /**
     * A network is different from what it was, or stays though it was to go; its id and its endpoints stay.
     *
     * @param network what it is now
     */
    record NetworkChanged(Network network) implements StateRecord {
        /** Checks that nothing is missing. */
        public NetworkChanged {
            Objects.requireNonNull(network, "network");
        }
    }

    /**
     * A network is about to be taken apart; it has no endpoints and gets no more.
     *
     * @param network its id
     */
    record NetworkRemovalIntended(NetworkId network) implements StateRecord {
        /** Checks that nothing is missing. */
        public NetworkRemovalIntended {
            Objects.requireNonNull(network, "network");
        }
    }

    /**
     * A network is gone; it had no endpoints.
     *
     * @param network its id
     */
    record NetworkRemoved(NetworkId network) implements StateRecord {
        /** Checks that nothing is missing. */
        public NetworkRemoved {
            Objects.requireNonNull(network, "network");
        }
    }

    /**
     * There is a sandbox.
     *
     * @param sandbox the sandbox
     */
    record SandboxCreated(Sandbox sandbox) implements StateRecord {
        /** Checks that nothing is missing. */
        public SandboxCreated {
            Objects.requireNonNull(sandbox, "sandbox");
        }
    }

    /**
     * A sandbox is gone; it had no endpoints.
     *
     * @param sandbox its id
     */
    record SandboxRemoved(SandboxId sandbox) implements StateRecord {
        /** Checks that nothing is missing. */
        public SandboxRemoved {
            Objects.requireNonNull(sandbox, "sandbox");
        }
    }

    /**
     * An endpoint is about to be made, with its address leased.
     *
     * @param endpoint the endpoint, of a network and a sandbox that there are
     */
    record AttachIntended(Endpoint endpoint) implements StateRecord {
        /** Checks that nothing is missing. */
        public AttachIntended {
            Objects.requireNonNull(endpoint, "endpoint");
        }
    }

    /**
     * The links of an endpoint that works no more are about to be made anew.
     *
     * @param endpoint its id
     */
    record RemakeIntended(EndpointId endpoint) implements StateRecord {
        /** Checks that nothing is missing. */
        public RemakeIntended {
            Objects.requireNonNull(endpoint, "endpoint");
        }
    }

    /**
     * An intended endpoint works, or works again.
     *
     * @param endpoint its id
     */
    record AttachDone(EndpointId endpoint) implements StateRecord {
        /** Checks that nothing is missing. */
        public AttachDone {
            Objects.requireNonNull(endpoint, "endpoint");
        }
    }

    /**
     * An intended endpoint failed and nothing of it is left.
     *
     * @param endpoint its id
     */
    record AttachUndone(EndpointId endpoint) implements StateRecord {
        /** Checks that nothing is missing. */
        public AttachUndone {
            Objects.requireNonNull(endpoint, "endpoint");
        }
    }

    /**
     * An endpoint is about to be taken apart.
     *
     * @param endpoint its id
     */
    record DetachIntended(EndpointId endpoint) implements StateRecord {
        /** Checks that nothing is missing. */
        public DetachIntended {
            Objects.requireNonNull(endpoint, "endpoint");
        }
    }

    /**
     * An endpoint is gone and its lease ended.
     *
     * @param endpoint its id
     */
    record DetachDone(EndpointId endpoint) implements StateRecord {
        /** Checks that nothing is missing. */
        public DetachDone {
            Objects.requireNonNull(endpoint, "endpoint");
        }
    }

    /**
     * An endpoint publishes these ports as well.
     *
     * <p>There is no intent before it: the rules are compared as a whole at a start, so what was opened and not written down
     * is closed then. Of an endpoint that is still to be made it is part of the intent.
     *
     * @param endpoint the endpoint's id
     * @param ports what it publishes, at least one
     */
    record PortsPublished(EndpointId endpoint, List<PortMapping> ports) implements StateRecord {
        /** Copies the list and checks that there is a port. */
        public PortsPublished {
            Objects.requireNonNull(endpoint, "endpoint");
            ports = atLeastOne(ports);
        }
    }

    /**
     * An endpoint is about not to publish these ports any more.
     *
     * @param endpoint the endpoint's id
     * @param ports what it published, at least one
     */
    record PortsUnpublished(EndpointId endpoint, List<PortMapping> ports) implements StateRecord {
        /** Copies the list and checks that there is a port. */
        public PortsUnpublished {
            Objects.requireNonNull(endpoint, "endpoint");
            ports = atLeastOne(ports);
        }
    }

    private static List<PortMapping> atLeastOne(List<PortMapping> ports) {
        if (ports.isEmpty()) {
            throw new IllegalArgumentException("a record about ports needs one");
        }
        return List.copyOf(ports);
    }

    /**
     * Subnets of IPv6 are taken from this prefix when none is asked for; a later one replaces it.
     *
     * @param prefix a prefix of unique local addresses
     */
    record UniqueLocalPrefixChosen(Ipv6Subnet prefix) implements StateRecord {
        /** Checks that nothing is missing. */
        public UniqueLocalPrefixChosen {
            Objects.requireNonNull(prefix, "prefix");
        }
    }

    /**
     * A way out of the host has this number, by which packets are marked; a later one for the same number or the same way
     * replaces it.
     *
     * @param way the way
     * @param number its number, from 1
     */
    record EgressNumbered(EgressWay way, int number) implements StateRecord {
        /** Checks the number. */
        public EgressNumbered {
            Objects.requireNonNull(way, "way");
            if (number < 1) {
                throw new IllegalArgumentException("a way out has a number from 1, not " + number);
            }
        }
    }

    /**
     * The host had this value before the engine changed it; a later one for the same name replaces it.
     *
     * @param name a name of at least one character, for example {@code net.ipv4.ip_forward}
     * @param value the value, possibly empty
     */
    record HostSettingRemembered(String name, String value) implements StateRecord {
        /** Checks that there is a name. */
        public HostSettingRemembered {
            Objects.requireNonNull(value, "value");
            if (name.isEmpty()) {
                throw new IllegalArgumentException("a host setting needs a name");
            }
        }
    }
}
