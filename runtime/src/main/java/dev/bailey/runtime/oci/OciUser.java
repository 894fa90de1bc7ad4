package dev.bailey.runtime.oci;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * Who a process runs as, in numbers.
 *
 * @param uid the user
 * @param gid the group
 * @param additionalGids further groups
 */
@Json
public record OciUser(long uid, long gid, List<Long> additionalGids) {
    /** The super-user, in no further group. */
    public static final OciUser ROOT = new OciUser(0, 0, List.of());

    /** Copies the list. */
    public OciUser {
        additionalGids = List.copyOf(additionalGids);
    }
}
