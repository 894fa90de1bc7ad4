package dev.bailey.api.container;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;

/**
 * One line of a list of containers; {@code GET /containers/json} answers a list of these.
 *
 * @param id 64 hexadecimal digits
 * @param names names, each with a slash before it
 * @param image the image as it was asked for
 * @param imageId id of the image, or what was asked for where it has no id
 * @param command the command with its arguments
 * @param created time of creation, seconds since 1970
 * @param ports exposed and published ports
 * @param labels labels, name to value
 * @param state {@code created}, {@code running}, {@code exited}, …
 * @param status the state for people, {@code Up 4 days}
 * @param hostConfig the network mode
 * @param networkSettings the endpoints
 * @param mounts mounts that were asked for
 */
@Json
public record ContainerSummary(
        @Json.Property("Id") String id,
        @Json.Property("Names") List<String> names,
        @Json.Property("Image") String image,
        @Json.Property("ImageID") String imageId,
        @Json.Property("Command") String command,
        @Json.Property("Created") long created,
        @Json.Property("Ports") List<PortSummary> ports,
        @Json.Property("Labels") Map<String, String> labels,
        @Json.Property("State") String state,
        @Json.Property("Status") String status,
        @Json.Property("HostConfig") HostConfigSummary hostConfig,
        @Json.Property("NetworkSettings") NetworkSettingsSummary networkSettings,
        @Json.Property("Mounts") List<MountPoint> mounts) {
    public ContainerSummary {
        id = Absent.orEmpty(id);
        names = Absent.orEmpty(names);
        image = Absent.orEmpty(image);
        imageId = Absent.orEmpty(imageId);
        command = Absent.orEmpty(command);
        ports = Absent.orEmpty(ports);
        labels = Absent.orEmpty(labels);
        state = Absent.orEmpty(state);
        status = Absent.orEmpty(status);
        mounts = Absent.orEmpty(mounts);
    }
}
