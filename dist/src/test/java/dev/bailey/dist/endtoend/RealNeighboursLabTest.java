package dev.bailey.dist.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.lab.Await;
import dev.bailey.lab.Lab;
import dev.bailey.lab.Site;
import dev.bailey.lab.junit.LabExtension;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Other programs with rules, as Debian ships them, on the same host: the traffic of both flows, whoever comes first. */
@Tag("lab")
@Timeout(300)
@ExtendWith(LabExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
final class RealNeighboursLabTest {
    private SharedHost shared;

    @BeforeEach
    void build(Lab lab) throws IOException {
        shared = new SharedHost(lab);
    }

    @AfterEach
    void stop() {
        shared.close();
    }

    /** Bailey comes after the neighbour, with either backend, and whatever is done to the neighbour comes after Bailey. */
    private void live(Neighbour neighbour) throws IOException {
        neighbour.start();
        shared.startBailey("iptables");
        verify(neighbour, "with Bailey behind it, by iptables");
        shared.restartBailey("nftables");
        verify(neighbour, "with Bailey behind it, by nftables");
        for (Map.Entry<String, Neighbour.Change> change : neighbour.changes().entrySet()) {
            change.getValue().make();
            verify(neighbour, "after its " + change.getKey());
        }
    }

    private void verify(Neighbour neighbour, String when) {
        shared.verify(when);
        neighbour.verify();
    }

    @Test
    void docker_andItsContainer() throws IOException {
        live(new DockerNeighbour(shared));
    }

    @Test
    void ufw_thatPassesNothingOn() throws IOException {
        live(new UfwNeighbour(shared.host()));
    }

    @Test
    void libvirt_andItsGuest() throws IOException {
        live(new LibvirtNeighbour(shared.host()));
    }

    @Test
    void firewalld_whoseDefaultZoneRefuses_andWhatItIsToldStands() throws IOException {
        FirewalldNeighbour firewalld = new FirewalldNeighbour(shared.host());
        live(firewalld);

        firewalld.tell("--zone=drop", "--change-interface=bailey0");
        assertThat(SharedHost.reaches(shared.box(), Site.SERVICE, SharedHost.ECHO))
                .as("from a bridge that the operator has put into a zone that drops")
                .isFalse();
        firewalld.tell("--zone=drop", "--remove-interface=bailey0");
        Await.until(
                "the sandbox to reach the internet again",
                () -> SharedHost.reaches(shared.box(), Site.SERVICE, SharedHost.ECHO));
    }
}
