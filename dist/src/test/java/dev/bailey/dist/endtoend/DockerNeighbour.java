package dev.bailey.dist.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.lab.Await;
import dev.bailey.lab.Site;
import java.nio.file.Path;
import java.util.Map;

/** Docker with a container that has a published port. */
final class DockerNeighbour implements Neighbour {
    private static final int PUBLISHED = 9090;

    private final SharedHost shared;
    private final PrivateDocker docker;

    DockerNeighbour(SharedHost shared) {
        this.shared = shared;
        this.docker = PrivateDocker.withNetworks(shared.host());
    }

    @Override
    public void start() {
        docker.start();
        Path base = SmallRoot.tar(shared.host(), shared.host().lab().directory(), "sh", "nc");
        docker.docker("import", base.toString(), "small").run();
        docker.docker(
                        "run",
                        "--detach",
                        "--restart",
                        "always",
                        "--stop-signal",
                        "KILL",
                        "--name",
                        "peer",
                        "--publish",
                        PUBLISHED + ":90",
                        "small",
                        "nc",
                        "-lk",
                        "90")
                .run();
    }

    @Override
    public Map<String, Change> changes() {
        return Map.of("restart", () -> {
            docker.stop();
            docker.start();
        });
    }

    @Override
    public void verify() {
        Await.until("Docker's port to be reached", () -> SharedHost.reaches(shared.client(), Site.HOST, PUBLISHED));
        assertThat(SharedHost.reaches(shared.box(), Site.HOST, PUBLISHED))
                .as("the sandbox to Docker's port")
                .isTrue();
        reach(Site.SERVICE, SharedHost.ECHO);
        reach(Site.HOST, SharedHost.PUBLISHED);
    }

    private void reach(String address, int port) {
        docker.docker("exec", "peer", "nc", "-z", "-w", "5", address, String.valueOf(port))
                .run();
    }
}
