package dev.bailey.api.view;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.List;

/**
 * An address and the names that others on its network find it by.
 *
 * @param sandbox name of the sandbox that has it
 * @param names all of its names, in lower case
 * @param network name of the network
 * @param address the address, that of IPv4 where there are two
 * @param sandboxId id of the sandbox; a container's is the container's
 */
@Json
public record KnownName(String sandbox, List<String> names, String network, String address, String sandboxId) {
    public KnownName {
        sandbox = Absent.orEmpty(sandbox);
        names = Absent.orEmpty(names);
        network = Absent.orEmpty(network);
        address = Absent.orEmpty(address);
        sandboxId = Absent.orEmpty(sandboxId);
    }
}
