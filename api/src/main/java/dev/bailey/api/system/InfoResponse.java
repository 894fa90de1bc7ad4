package dev.bailey.api.system;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;

/**
 * The answer to {@code GET /info}.
 *
 * @param id the daemon's id, stable for its data folder
 * @param containers number of containers
 * @param containersRunning of them, how many run
 * @param containersPaused of them, how many are frozen
 * @param containersStopped of them, how many do not run
 * @param images number of images
 * @param driver what holds the root file systems, {@code overlay2}
 * @param plugins names of drivers
 * @param ipv4Forwarding whether the host forwards IPv4
 * @param loggingDriver {@code json-file}
 * @param cgroupDriver {@code cgroupfs} or {@code systemd}
 * @param cgroupVersion {@code 1} or {@code 2}
 * @param kernelVersion the running kernel's release
 * @param operatingSystem the host system's name for people
 * @param osType {@code linux}
 * @param architecture {@code x86_64} or {@code aarch64}
 * @param ncpu number of processors
 * @param memTotal bytes of memory
 * @param dockerRootDir data folder of the daemon
 * @param name the host's name
 * @param serverVersion the daemon's version
 * @param runtimes OCI runtimes by name
 * @param defaultRuntime name of the one that is used
 * @param securityOptions security options
 * @param systemTime the daemon's clock, RFC 3339 with nanoseconds
 * @param warnings what the operator should know, one line each
 */
@Json
public record InfoResponse(
        @Json.Property("ID") String id,
        @Json.Property("Containers") int containers,
        @Json.Property("ContainersRunning") int containersRunning,
        @Json.Property("ContainersPaused") int containersPaused,
        @Json.Property("ContainersStopped") int containersStopped,
        @Json.Property("Images") int images,
        @Json.Property("Driver") String driver,
        @Json.Property("Plugins") InfoPlugins plugins,
        @Json.Property("IPv4Forwarding") boolean ipv4Forwarding,
        @Json.Property("LoggingDriver") String loggingDriver,
        @Json.Property("CgroupDriver") String cgroupDriver,
        @Json.Property("CgroupVersion") String cgroupVersion,
        @Json.Property("KernelVersion") String kernelVersion,
        @Json.Property("OperatingSystem") String operatingSystem,
        @Json.Property("OSType") String osType,
        @Json.Property("Architecture") String architecture,
        @Json.Property("NCPU") int ncpu,
        @Json.Property("MemTotal") long memTotal,
        @Json.Property("DockerRootDir") String dockerRootDir,
        @Json.Property("Name") String name,
        @Json.Property("ServerVersion") String serverVersion,
        @Json.Property("Runtimes") Map<String, InfoRuntime> runtimes,
        @Json.Property("DefaultRuntime") String defaultRuntime,
        @Json.Property("SecurityOptions") List<String> securityOptions,
        @Json.Property("SystemTime") String systemTime,
        @Json.Property("Warnings") List<String> warnings) {
    public InfoResponse {
        id = Absent.orEmpty(id);
        driver = Absent.orEmpty(driver);
        loggingDriver = Absent.orEmpty(loggingDriver);
        cgroupDriver = Absent.orEmpty(cgroupDriver);
        cgroupVersion = Absent.orEmpty(cgroupVersion);
        kernelVersion = Absent.orEmpty(kernelVersion);
        operatingSystem = Absent.orEmpty(operatingSystem);
        osType = Absent.orEmpty(osType);
        architecture = Absent.orEmpty(architecture);
        dockerRootDir = Absent.orEmpty(dockerRootDir);
        name = Absent.orEmpty(name);
        serverVersion = Absent.orEmpty(serverVersion);
        runtimes = Absent.orEmpty(runtimes);
        defaultRuntime = Absent.orEmpty(defaultRuntime);
        securityOptions = Absent.orEmpty(securityOptions);
        systemTime = Absent.orEmpty(systemTime);
        warnings = Absent.orEmpty(warnings);
    }
}
