package dev.bailey.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("lab")
class NamespaceThreadLabTest {

    private static final String NAME = "ns-under-test";

    private NetworkNamespace red;
    private NetworkNamespace blue;
    private NamespaceThread thread;

    @BeforeEach
    void open() throws LinuxException {
        red = NetworkNamespace.create();
        blue = NetworkNamespace.create();
        thread = NamespaceThread.start(NAME);
    }

    @AfterEach
    void close() {
        thread.close();
        red.close();
        blue.close();
    }

    @Test
    void call_oneAfterTheOther_isInsideEachOnOnePlatformThread() throws Exception {
        Thread first = thread.<Thread, LinuxException>call(red, () -> {
            assertThat(inodeHere()).isEqualTo(red.inode());
            return Thread.currentThread();
        });
        Thread second = thread.<Thread, LinuxException>call(blue, () -> {
            assertThat(inodeHere()).isEqualTo(blue.inode());
            return Thread.currentThread();
        });

        assertThat(second).isSameAs(first).isNotSameAs(Thread.currentThread());
        assertThat(first.isVirtual()).isFalse();
    }

    @Test
    void call_returned_theThreadIsAtHome() throws Exception {
        thread.<Long, LinuxException>call(red, NamespaceThreadLabTest::inodeHere);
        Action<IOException> failing = () -> {
            throw new IOException("on purpose");
        };
        assertThatThrownBy(() -> thread.run(red, failing)).hasMessage("on purpose");

        Path worker = nativeThreads(NAME).stream().findFirst().orElseThrow();
        assertThat(Files.readSymbolicLink(worker.resolve("ns/net")))
                .isEqualTo(Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net")));
    }

    @Test
    void call_fromManyVirtualThreads_isInsideTheRightOne() throws Exception {
        List<Future<Long>> inodes = new ArrayList<>();
        try (ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                NetworkNamespace namespace = i % 2 == 0 ? red : blue;
                inodes.add(virtual.submit(
                        () -> thread.<Long, LinuxException>call(namespace, NamespaceThreadLabTest::inodeHere)));
            }
            for (int i = 0; i < inodes.size(); i++) {
                assertThat(inodes.get(i).get(10, TimeUnit.SECONDS)).isEqualTo((i % 2 == 0 ? red : blue).inode());
            }
        }
    }

    @Test
    void call_closedNamespace_isAnErrorAndTheThreadWorksOn() throws Exception {
        blue.close();

        assertThatThrownBy(() -> thread.<Long, LinuxException>call(blue, NamespaceThreadLabTest::inodeHere))
                .isInstanceOf(IllegalStateException.class);
        assertThat(thread.<Long, LinuxException>call(red, NamespaceThreadLabTest::inodeHere))
                .isEqualTo(red.inode());
    }

    @Test
    void call_fromInsideATask_isRefusedInsteadOfWaitingForItself() {
        assertThatThrownBy(() -> thread.<Long, LinuxException>call(
                        red, () -> thread.<Long, LinuxException>call(blue, NamespaceThreadLabTest::inodeHere)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a task cannot call the thread it runs on");
    }

    @Test
    void call_interrupted_isDoneAndTheInterruptKept() throws Exception {
        Thread.currentThread().interrupt();
        long inode = thread.<Long, LinuxException>call(red, NamespaceThreadLabTest::inodeHere);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(inode).isEqualTo(red.inode());
    }

    @Test
    void close_endsTheThreadAndRefusesCalls() throws Exception {
        thread.<Long, LinuxException>call(red, NamespaceThreadLabTest::inodeHere);
        thread.close();

        assertThatThrownBy(() -> thread.<Long, LinuxException>call(red, NamespaceThreadLabTest::inodeHere))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the namespace thread is closed");
    }

    @Test
    void sysctl_insideANamespace_isThatNamespacesOwn() throws Exception {
        String outside = Sysctl.read("net.ipv4.ip_forward");
        String inside = outside.equals("1") ? "0" : "1";
        Action<LinuxException> change = () -> {
            Sysctl.write("net.ipv4.ip_forward", inside);
            assertThat(Sysctl.read("net.ipv4.ip_forward")).isEqualTo(inside);
            assertThatThrownBy(() -> Sysctl.write("net.ipv4.ip_forward", "many"))
                    .hasMessage("set sysctl net.ipv4.ip_forward to \"many\": EINVAL (Invalid argument)");
        };
        thread.run(red, change);

        assertThat(Sysctl.read("net.ipv4.ip_forward")).isEqualTo(outside);
    }

    private static List<Path> nativeThreads(String name) throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            return tasks.filter(task -> name.equals(comm(task))).toList();
        }
    }

    private static String comm(Path task) {
        try {
            return Files.readString(task.resolve("comm")).strip();
        } catch (IOException ended) {
            return "";
        }
    }

    private static long inodeHere() throws LinuxException {
        try (NetworkNamespace here = NetworkNamespace.ofCurrentThread()) {
            return here.inode();
        }
    }
}
