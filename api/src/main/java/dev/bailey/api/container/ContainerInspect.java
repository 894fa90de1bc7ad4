package dev.bailey.api.container;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.List;

/**
 * All there is to know about one container; the answer to {@code GET /containers/{id}/json}.
 *
 * @param id 64 hexadecimal digits
 * @param created time of creation, RFC 3339 with nanoseconds
 * @param path the program that runs
 * @param args its arguments
 * @param state what the main process is doing
 * @param image id of the image, or what was asked for where it has no id
 * @param resolvConfPath host path of the container's {@code /etc/resolv.conf}
 * @param hostnamePath host path of the container's {@code /etc/hostname}
 * @param hostsPath host path of the container's {@code /etc/hosts}
 * @param logPath host path of the log of its output
 * @param name name with a slash before it
 * @param restartCount how often the daemon restarted it
 * @param driver what holds the root file system, {@code overlay2}
 * @param platform {@code linux}
 * @param execIds commands that run inside it
 * @param hostConfig the part of its configuration that depends on the host
 * @param mounts mounts that were asked for
 * @param config what runs
 * @param networkSettings sandbox and endpoints
 */
@Json
public record ContainerInspect(
        @Json.Property("Id") String id,
        @Json.Property("Created") String created,
        @Json.Property("Path") String path,
        @Json.Property("Args") List<String> args,
        @Json.Property("State") ContainerState state,
        @Json.Property("Image") String image,
        @Json.Property("ResolvConfPath") String resolvConfPath,
        @Json.Property("HostnamePath") String hostnamePath,
        @Json.Property("HostsPath") String hostsPath,
        @Json.Property("LogPath") String logPath,
        @Json.Property("Name") String name,
        @Json.Property("RestartCount") int restartCount,
        @Json.Property("Driver") String driver,
        @Json.Property("Platform") String platform,
        @Json.Property("ExecIDs") List<String> execIds,
        @Json.Property("HostConfig") HostConfig hostConfig,
        @Json.Property("Mounts") List<MountPoint> mounts,
        @Json.Property("Config") ContainerConfig config,
        @Json.Property("NetworkSettings") NetworkSettings networkSettings) {
    public ContainerInspect {
        id = Absent.orEmpty(id);
        created = Absent.orEmpty(created);
        path = Absent.orEmpty(path);
        args = Absent.orEmpty(args);
        image = Absent.orEmpty(image);
        resolvConfPath = Absent.orEmpty(resolvConfPath);
        hostnamePath = Absent.orEmpty(hostnamePath);
        hostsPath = Absent.orEmpty(hostsPath);
        logPath = Absent.orEmpty(logPath);
        name = Absent.orEmpty(name);
        driver = Absent.orEmpty(driver);
        platform = Absent.orEmpty(platform);
        execIds = Absent.orEmpty(execIds);
        mounts = Absent.orEmpty(mounts);
    }
}
