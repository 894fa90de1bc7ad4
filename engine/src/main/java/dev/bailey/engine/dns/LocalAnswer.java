package dev.bailey.engine.dns;

import dev.bailey.engine.model.Endpoint;
import java.util.Collection;

/** What the engine itself knows about a name, as one sandbox may see it. */
public sealed interface LocalAnswer {

    /**
     * The name is that of endpoints.
     *
     * @param endpoints those, at least one
     */
    record Endpoints(Collection<Endpoint> endpoints) implements LocalAnswer {}

    /**
     * The name is made of an address, which an endpoint has.
     *
     * @param name the endpoint's name with that of its network
     */
    record Pointer(String name) implements LocalAnswer {}

    /**
     * The name is that of a service of endpoints.
     *
     * @param port the port of the service, 1 to 65535
     * @param host the name of the endpoints
     * @param endpoints those, at least one
     */
    record Service(int port, String host, Collection<Endpoint> endpoints) implements LocalAnswer {}

    /** The name means the sandbox itself (RFC 6761). */
    record Loopback() implements LocalAnswer {}

    /** The name is known and has nothing of the type that is asked for. */
    record NoData() implements LocalAnswer {}

    /** There is no such name, and nobody else is to be asked. */
    record NoSuchName() implements LocalAnswer {}

    /** Others may know. */
    record Elsewhere() implements LocalAnswer {}
}
