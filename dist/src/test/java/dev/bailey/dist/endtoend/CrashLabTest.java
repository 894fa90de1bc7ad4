package dev.bailey.dist.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.api.attachment.AttachedEndpoint;
import dev.bailey.lab.Await;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.Site;
import dev.bailey.lab.TcpConnection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of the daemon in the middle of whatever it does, again and again. */
@Tag("lab")
class CrashLabTest {
    private static final int KILLS = 50;
    private static final int MAX_MILLIS_TO_KILL = 1200;
    private static final int ROUNDS_TO_AN_ATTACH = 2;
    private static final int ROUNDS_TO_A_RUN = 10;

    private final AtomicInteger attaches = new AtomicInteger();
    private final AtomicInteger runs = new AtomicInteger();

    @TempDir
    Path folder;

    @Test
    void kill9_atRandomPoints_leavesNothingAndKeepsConnectionsOpen() throws InterruptedException {
        long seed = Long.parseLong(System.getenv().getOrDefault("TEST_SEED", String.valueOf(System.nanoTime())));
        System.out.println("kill9_atRandomPoints: TEST_SEED=" + seed);
        Random random = new Random(seed);
        try (Lab lab = Lab.create()) {
            Site site = Site.build(lab);
            site.internet().tcpEcho(Site.SERVICE, 7);
            try (DaemonUnderTest daemon = new DaemonUnderTest(site.host(), folder)) {
                daemon.start();
                LabHost steady = lab.host("steady");
                daemon.attach(steady.path()).orThrow();
                String container = daemon.runSleeper("steady");
                Path netns = daemon.execRoot().resolve("netns").resolve(container.substring(0, 12));
                try (TcpConnection outside = steady.connectTcp(Site.SERVICE, 7);
                        TcpConnection inside = lab.adopt("inside", netns).connectTcp(Site.SERVICE, 7)) {
                    for (int kill = 1; kill <= KILLS; kill++) {
                        killDuringWork(lab, daemon, random, kill);
                        daemon.start();
                        checkModelEqualsKernel(site.host(), daemon);
                        outside.verifyEcho();
                        inside.verifyEcho();
                    }
                }
                daemon.removeContainers();
                daemon.endpoints()
                        .forEach(each -> daemon.call(
                                        "POST", "/bailey/detach", "{\"endpoint\":\"" + each.endpoint() + "\"}")
                                .orThrow());
                checkNothingIsLeft(site.host(), daemon);
                System.out.println(attaches + " attaches and " + runs + " runs were done between the kills");
                assertThat(attaches)
                        .as("a daemon that did nothing proves nothing")
                        .hasValueGreaterThanOrEqualTo(KILLS / ROUNDS_TO_AN_ATTACH);
                assertThat(runs)
                        .as("a daemon that ran nothing proves nothing")
                        .hasValueGreaterThanOrEqualTo(KILLS / ROUNDS_TO_A_RUN);
            }
        }
    }

    private void killDuringWork(Lab lab, DaemonUnderTest daemon, Random random, int round) throws InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        LabHost first = lab.host("a" + round);
        LabHost second = lab.host("b" + round);
        List<Thread> workers = new ArrayList<>();
        workers.add(work(stop, () -> {
            daemon.attach(first.path()).orThrow();
            attaches.incrementAndGet();
            daemon.attach(second.path()).orThrow();
            daemon.detach(first.path()).orThrow();
            daemon.detach(second.path()).orThrow();
        }));
        workers.add(work(stop, () -> {
            daemon.runSleeper("busy" + round);
            runs.incrementAndGet();
            daemon.call("DELETE", "/containers/busy" + round + "?force=1", "");
        }));
        awaitWork(round);
        Thread.sleep(random.nextInt(MAX_MILLIS_TO_KILL));
        daemon.kill();
        stop.set(true);
        for (Thread worker : workers) {
            worker.join();
        }
    }

    /** Some kills come whenever they come, others after something was done, however slow the machine is. */
    private void awaitWork(int round) {
        if (round % ROUNDS_TO_AN_ATTACH == 0) {
            int before = attaches.get();
            Await.until("an attach before kill " + round, () -> attaches.get() > before);
        }
        if (round % ROUNDS_TO_A_RUN == 0) {
            int before = runs.get();
            Await.until("a run before kill " + round, () -> runs.get() > before);
        }
    }

    private static Thread work(AtomicBoolean stop, Runnable round) {
        return Thread.ofPlatform().start(() -> {
            while (!stop.get()) {
                try {
                    round.run();
                } catch (RuntimeException daemonDied) {
                    return;
                }
            }
        });
    }

    private static void checkModelEqualsKernel(LabHost host, DaemonUnderTest daemon) {
        List<AttachedEndpoint> endpoints = daemon.endpoints();
        assertThat(veths(host))
                .isEqualTo(endpoints.stream()
                        .map(AttachedEndpoint::hostEnd)
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertThat(endpoints).extracting(AttachedEndpoint::address).doesNotHaveDuplicates();
        Set<String> running = daemon.containers().stream()
                .filter(container -> container.state().equals("running"))
                .map(container -> container.id().substring(0, 12))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(daemon.namespaces()).as("namespaces of running containers").containsExactlyElementsOf(running);
        assertThat(daemon.mounts())
                .as("mounts of running containers")
                .allSatisfy(mount ->
                        assertThat(running).anySatisfy(id -> assertThat(mount).contains(id)));
        assertThat(monitors(daemon)).as("monitors").isEqualTo(running.size());
        assertThat(host.exec("nft", "list", "table", "inet", "bailey").output()).contains("masquerade");
    }

    private static void checkNothingIsLeft(LabHost host, DaemonUnderTest daemon) {
        assertThat(veths(host)).isEmpty();
        assertThat(daemon.namespaces()).isEmpty();
        assertThat(daemon.mounts()).isEmpty();
        assertThat(daemon.endpoints()).isEmpty();
        assertThat(monitors(daemon)).isZero();
    }

    private static Set<String> veths(LabHost host) {
        return host.exec("ip", "-o", "link", "show", "type", "veth").orThrow().lines().stream()
                .map(line -> line.split(": ")[1].split("@")[0])
                .filter(name -> name.startsWith("veth"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static long monitors(DaemonUnderTest daemon) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("conmon")
                                && line.contains(daemon.execRoot().toString()))
                        .isPresent())
                .count();
    }
}
