package dev.bailey.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("lab")
class NamespaceVisitsLabTest {
    private NetworkNamespace red;
    private NetworkNamespace blue;

    @BeforeEach
    void open() throws LinuxException {
        red = NetworkNamespace.create();
        blue = NetworkNamespace.create();
    }

    @AfterEach
    void close() {
        red.close();
        blue.close();
    }

    private interface Visit {
        void make(NamespaceVisits visits) throws Exception;
    }

    /** On a thread of its own, so that a failure moves nobody else. */
    private static void onOwnThread(Visit visit) throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread.ofPlatform()
                .start(() -> {
                    try (NamespaceVisits visits = NamespaceVisits.fromHere()) {
                        visit.make(visits);
                    } catch (Throwable caught) {
                        failure.set(caught);
                    }
                })
                .join();
        assertThat(failure.get()).isNull();
    }

    @Test
    void call_oneAfterTheOther_isInsideEachAndThenAtHome() throws Exception {
        onOwnThread(visits -> {
            long home = inodeHere();
            assertThat(visits.<Long, LinuxException>call(red, NamespaceVisitsLabTest::inodeHere))
                    .isEqualTo(red.inode());
            assertThat(visits.<Long, LinuxException>call(blue, NamespaceVisitsLabTest::inodeHere))
                    .isEqualTo(blue.inode());
            assertThat(inodeHere()).isEqualTo(home).isNotEqualTo(red.inode());
        });
    }

    @Test
    void run_taskFails_isAtHomeAndGoesOn() throws Exception {
        onOwnThread(visits -> {
            long home = inodeHere();
            Action<IOException> failing = () -> {
                throw new IOException("on purpose");
            };
            assertThatThrownBy(() -> visits.run(red, failing)).hasMessage("on purpose");
            assertThat(inodeHere()).isEqualTo(home);
            assertThat(visits.<Long, LinuxException>call(blue, NamespaceVisitsLabTest::inodeHere))
                    .isEqualTo(blue.inode());
        });
    }

    @Test
    void call_closedNamespace_staysAtHome() throws Exception {
        onOwnThread(visits -> {
            long home = inodeHere();
            blue.close();
            assertThatThrownBy(() -> visits.<Long, LinuxException>call(blue, NamespaceVisitsLabTest::inodeHere))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(visits.<Long, LinuxException>call(red, NamespaceVisitsLabTest::inodeHere))
                    .isEqualTo(red.inode());
            assertThat(inodeHere()).isEqualTo(home);
        });
    }

    @Test
    void call_fromInsideATask_isRefused() throws Exception {
        onOwnThread(visits -> assertThatThrownBy(() -> visits.<Long, LinuxException>call(
                        red, () -> visits.<Long, LinuxException>call(blue, NamespaceVisitsLabTest::inodeHere)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a visit to another namespace has not ended"));
    }

    @Test
    void call_onTwoThreads_bothComeHome() throws Exception {
        onOwnThread(visits -> {
            long home = inodeHere();
            AtomicReference<Long> there = new AtomicReference<>();
            AtomicReference<Long> back = new AtomicReference<>();
            onOwnThread(_ -> {
                there.set(visits.<Long, LinuxException>call(red, NamespaceVisitsLabTest::inodeHere));
                back.set(inodeHere());
            });
            assertThat(there.get()).isEqualTo(red.inode());
            assertThat(back.get()).isEqualTo(home).isEqualTo(inodeHere());
        });
    }

    @Test
    void call_onAVirtualThread_isRefused() throws Exception {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (NamespaceVisits visits = NamespaceVisits.fromHere()) {
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            visits.<Long, LinuxException>call(red, NamespaceVisitsLabTest::inodeHere);
                        } catch (Throwable caught) {
                            failure.set(caught);
                        }
                    })
                    .join();
        }
        assertThat(failure.get())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("only a platform thread can enter a namespace");
    }

    private static long inodeHere() throws LinuxException {
        try (NetworkNamespace here = NetworkNamespace.ofCurrentThread()) {
            return here.inode();
        }
    }
}
