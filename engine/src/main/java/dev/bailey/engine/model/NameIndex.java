package dev.bailey.engine.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The endpoints of each network by the names and the addresses that others on it find them by. */
record NameIndex(
        PersistentMap<NameOn, PersistentMap<EndpointId, Endpoint>> byName,
        PersistentMap<AddressOn, Endpoint> byAddress) {
    static final NameIndex EMPTY = new NameIndex(PersistentMap.empty(), PersistentMap.empty());

    /** A name in lower case on one network. */
    record NameOn(NetworkId network, String name) {}

    /** An address on one network. */
    record AddressOn(NetworkId network, IpAddress address) {}

    /** The names of an endpoint, in lower case: its sandbox's name and short id, and its aliases. */
    static Set<String> namesOf(Endpoint endpoint, Sandbox sandbox) {
        Set<String> names = new LinkedHashSet<>();
        names.add(sandbox.name().toLowerCase(Locale.ROOT));
        names.add(sandbox.id().shortForm());
        endpoint.aliases().forEach(alias -> names.add(alias.toLowerCase(Locale.ROOT)));
        return names;
    }

    NameIndex with(Endpoint e, Sandbox sandbox) {
        var names = byName;
        for (String name : namesOf(e, sandbox)) {
            NameOn key = new NameOn(e.network(), name);
            names = names.with(key, group(names.get(key)).with(e.id(), e));
        }
        var addresses = byAddress;
        for (AddressOn key : addresses(e)) {
            addresses = addresses.with(key, e);
        }
        return new NameIndex(names, addresses);
    }

    NameIndex without(Endpoint e, Sandbox sandbox) {
        var names = byName;
        for (String name : namesOf(e, sandbox)) {
            NameOn key = new NameOn(e.network(), name);
            PersistentMap<EndpointId, Endpoint> rest = group(names.get(key)).without(e.id());
            names = rest.size() == 0 ? names.without(key) : names.with(key, rest);
        }
        var addresses = byAddress;
        for (AddressOn key : addresses(e)) {
            addresses = e.equals(addresses.get(key)) ? addresses.without(key) : addresses;
        }
        return new NameIndex(names, addresses);
    }

    Collection<Endpoint> named(NetworkId network, String name) {
        PersistentMap<EndpointId, Endpoint> found = byName.get(new NameOn(network, name));
        return found == null ? List.of() : found.values();
    }

    @Nullable
    Endpoint at(NetworkId network, IpAddress address) {
        return byAddress.get(new AddressOn(network, address));
    }

    private static List<AddressOn> addresses(Endpoint e) {
        List<AddressOn> addresses = new ArrayList<>(2);
        e.ipv4()
                .ifPresent(part ->
                        addresses.add(new AddressOn(e.network(), part.address().address())));
        e.ipv6()
                .ifPresent(part ->
                        addresses.add(new AddressOn(e.network(), part.address().address())));
        return addresses;
    }

    private static PersistentMap<EndpointId, Endpoint> group(@Nullable PersistentMap<EndpointId, Endpoint> found) {
        return found == null ? PersistentMap.empty() : found;
    }
}
