package dev.bailey.runtime;

import dev.bailey.runtime.state.ContainerFolders;
import dev.bailey.runtime.state.ContainerRecord;
import dev.bailey.runtime.state.Life;

/** Makes the public picture of a container from its record; pure. */
final class Snapshots {
    private Snapshots() {}

    static Container of(ManagedContainer container) {
        ContainerRecord record = container.record();
        ContainerFolders folders = container.folders;
        return new Container(
                container.id,
                record.name(),
                record.spec(),
                record.image().id(),
                record.arguments(),
                record.environment(),
                record.workingDirectory(),
                record.hostname(),
                record.createdAt(),
                state(record.life()),
                new Container.Files(folders.log(), folders.resolvConf(), folders.hosts(), folders.hostname()));
    }

    private static ContainerState state(Life life) {
        return switch (life.phase()) {
            case CREATED -> new ContainerState.Created();
            // Half-way up it is what it was before: not running.
            case STARTING -> new ContainerState.Created();
            case RUNNING -> new ContainerState.Running(life.process().pid(), life.startedAt());
            case EXITED, REMOVING ->
                new ContainerState.Exited(
                        life.exitCode(), life.error(), life.oomKilled(), life.startedAt(), life.finishedAt());
        };
    }
}
