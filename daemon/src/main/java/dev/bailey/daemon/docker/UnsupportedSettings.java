package dev.bailey.daemon.docker;

import dev.bailey.api.ApiJson;
import dev.bailey.daemon.http.HttpFailure;
import io.avaje.json.JsonException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what a request asks of a container and Bailey cannot give, so that it is refused instead of left out in
 * silence: a container without its memory limit or its published port would look right and be wrong.
 *
 * <p>A field is harmless while it says nothing: null, false, 0, -1, or something empty. Fields that Docker does not know are
 * passed over.
 */
final class UnsupportedSettings {
    private static final int NOT_IMPLEMENTED = 501;

    /** Fields of the request itself. */
    private static final Set<String> CONTAINER = Set.of("Domainname", "Healthcheck", "Volumes", "MacAddress");

    /** Fields of its HostConfig. Those that change nothing a process would notice are not among them. */
    private static final Set<String> HOST = Set.of(
            "BlkioWeight",
            "BlkioWeightDevice",
            "CapAdd",
            "CapDrop",
            "Cgroup",
            "CgroupParent",
            "CpuCount",
            "CpuPeriod",
            "CpuQuota",
            "CpuRealtimePeriod",
            "CpuRealtimeRuntime",
            "CpuShares",
            "CpusetCpus",
            "CpusetMems",
            "DeviceCgroupRules",
            "DeviceRequests",
            "Devices",
            "GroupAdd",
            "Init",
            "KernelMemory",
            "Links",
            "Memory",
            "MemoryReservation",
            "MemorySwap",
            "Mounts",
            "NanoCpus",
            "OomKillDisable",
            "OomScoreAdj",
            "PidMode",
            "PidsLimit",
            "Privileged",
            "ReadonlyRootfs",
            "Runtime",
            "SecurityOpt",
            "StorageOpt",
            "Sysctls",
            "Tmpfs",
            "UTSMode",
            "Ulimits",
            "UsernsMode",
            "VolumeDriver",
            "VolumesFrom");

    private UnsupportedSettings() {}

    /**
     * Checks the JSON of a request to create a container.
     *
     * @throws HttpFailure 501 naming the first field that asks for too much
     */
    static void check(byte[] request) {
        Map<?, ?> container = object(request);
        refuse("", container, CONTAINER);
        if (container.get("HostConfig") instanceof Map<?, ?> host) {
            refuse("HostConfig.", host, HOST);
            checkRestartPolicy(host.get("RestartPolicy"));
            checkPrivateMode("IpcMode", host.get("IpcMode"), List.of("", "private", "shareable"));
            checkPrivateMode("CgroupnsMode", host.get("CgroupnsMode"), List.of("", "private"));
        }
    }

    private static Map<?, ?> object(byte[] request) {
        try {
            return ApiJson.jsonb().type(Object.class).fromJson(request) instanceof Map<?, ?> map ? map : Map.of();
        } catch (JsonException e) {
            throw HttpFailure.badRequest("the request's body is not JSON: " + e.getMessage());
        }
    }

    private static void refuse(String prefix, Map<?, ?> object, Set<String> names) {
        names.stream()
                .sorted()
                .filter(name -> !saysNothing(object.get(name)))
                .findFirst()
                .ifPresent(name -> {
                    throw unsupported(prefix + name);
                });
    }

    private static void checkRestartPolicy(@Nullable Object policy) {
        if (policy instanceof Map<?, ?> map && map.get("Name") instanceof String name) {
            checkPrivateMode("RestartPolicy", name, List.of("", "no"));
        }
    }

    private static void checkPrivateMode(String field, @Nullable Object mode, List<String> accepted) {
        if (mode instanceof String text && !accepted.contains(text)) {
            throw new HttpFailure(
                    NOT_IMPLEMENTED, "HostConfig." + field + " '" + text + "' is not supported: leave it out");
        }
    }

    private static boolean saysNothing(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case Boolean on -> !on;
            case Number number -> number.doubleValue() == 0 || number.doubleValue() == -1;
            case String text -> text.isEmpty();
            case List<?> list -> list.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            default -> false;
        };
    }

    private static HttpFailure unsupported(String field) {
        return new HttpFailure(NOT_IMPLEMENTED, field + " is not supported: leave it out");
    }
}
