package dev.bailey.daemon.docker;

import dev.bailey.api.container.ContainerConfig;
import dev.bailey.api.container.ContainerInspect;
import dev.bailey.api.container.ContainerSummary;
import dev.bailey.api.container.HostConfig;
import dev.bailey.api.container.HostConfigSummary;
import dev.bailey.api.container.MountPoint;
import dev.bailey.api.container.NetworkSettingsSummary;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.runtime.Bind;
import dev.bailey.runtime.Container;
import dev.bailey.runtime.ContainerSpec;
import dev.bailey.runtime.ContainerState;
import dev.bailey.runtime.ExtraHost;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Containers in Docker's words; pure. */
final class ContainerViews {
    private ContainerViews() {}

    /** One line of a list. */
    static ContainerSummary summary(Container container, Snapshot snapshot, Instant now) {
        ContainerSpec spec = container.spec();
        return new ContainerSummary(
                container.id().value(),
                List.of("/" + container.name()),
                spec.image(),
                container.imageId(),
                String.join(" ", container.arguments()),
                container.createdAt().getEpochSecond(),
                container.running()
                        ? PortBindings.summaries(
                                EndpointViews.published(container, snapshot),
                                spec.ports().exposedPorts())
                        : List.of(),
                spec.labels(),
                stateWord(container.state()),
                status(container.state(), now),
                new HostConfigSummary(spec.network()),
                new NetworkSettingsSummary(EndpointViews.of(container, snapshot)),
                mounts(spec));
    }

    /** Everything about one container. */
    static ContainerInspect inspect(Container container, Snapshot snapshot) {
        List<String> arguments = container.arguments();
        return new ContainerInspect(
                container.id().value(),
                Times.text(container.createdAt()),
                arguments.isEmpty() ? "" : arguments.getFirst(),
                arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size()),
                StateViews.state(container),
                container.imageId(),
                container.files().resolvConf().toString(),
                container.files().hostname().toString(),
                container.files().hosts().toString(),
                container.files().log().toString(),
                "/" + container.name(),
                0,
                "overlay2",
                "linux",
                List.of(),
                hostConfig(container.spec()),
                mounts(container.spec()),
                config(container),
                EndpointViews.settings(container, snapshot));
    }

    /** The state in one word. */
    static String stateWord(ContainerState state) {
        return switch (state) {
            case ContainerState.Created() -> "created";
            case ContainerState.Running running -> "running";
            case ContainerState.Exited exited -> "exited";
        };
    }

    private static String status(ContainerState state, Instant now) {
        return switch (state) {
            case ContainerState.Created() -> "Created";
            case ContainerState.Running running -> "Up " + Times.human(Duration.between(running.startedAt(), now));
            case ContainerState.Exited exited ->
                "Exited (" + exited.exitCode() + ") " + Times.human(Duration.between(exited.finishedAt(), now))
                        + " ago";
        };
    }

    private static HostConfig hostConfig(ContainerSpec spec) {
        return new HostConfig(
                spec.binds().stream().map(Bind::toString).toList(),
                spec.network(),
                spec.autoRemove(),
                spec.dns().servers(),
                spec.dns().options(),
                spec.dns().searchDomains(),
                spec.extraHosts().stream().map(ContainerViews::text).toList(),
                PortBindings.asked(spec.ports().published()),
                spec.ports().publishAll());
    }

    private static String text(ExtraHost host) {
        return host.name() + ":" + host.address();
    }

    private static List<MountPoint> mounts(ContainerSpec spec) {
        return spec.binds().stream()
                .map(bind -> new MountPoint(
                        "bind",
                        bind.source(),
                        bind.destination(),
                        bind.readOnly() ? "ro" : "",
                        !bind.readOnly(),
                        "rprivate"))
                .toList();
    }

    private static Map<String, Map<String, String>> exposed(ContainerSpec spec) {
        Map<String, Map<String, String>> ports = new TreeMap<>();
        spec.ports().exposedPorts().forEach(port -> ports.put(port, Map.of()));
        PortBindings.asked(spec.ports().published()).keySet().forEach(port -> ports.put(port, Map.of()));
        return ports;
    }

    private static ContainerConfig config(Container container) {
        ContainerSpec spec = container.spec();
        return new ContainerConfig(
                container.hostname(),
                "",
                spec.user().orElse(""),
                spec.openStdin(),
                true,
                true,
                spec.tty(),
                spec.openStdin(),
                spec.stdinOnce(),
                container.environment(),
                spec.command(),
                spec.image(),
                container.workingDirectory(),
                spec.entrypoint().orElse(List.of()),
                spec.labels(),
                spec.stopSignal().orElse(""),
                spec.stopTimeout().map(timeout -> (int) timeout.toSeconds()).orElse(null),
                exposed(spec));
    }
}
