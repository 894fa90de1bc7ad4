package dev.bailey.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriterTest {
    private final AtomicBoolean home = new AtomicBoolean(true);
    private final Writer writer = new WriterThread("writer-of-test", home::get);

    @AfterEach
    void close() {
        writer.close();
    }

    @Test
    void call_always_runsOnTheWritersThread() {
        assertThat(writer.call(WriterTest::threadName)).isEqualTo("writer-of-test");
    }

    @Test
    void callHere_nobodyWaits_runsOnTheCaller() {
        assertThat(writer.callHere(WriterTest::threadName)).isEqualTo(threadName());
    }

    @Test
    void callHere_callerAbroad_runsOnTheWritersThread() {
        home.set(false);

        assertThat(writer.callHere(WriterTest::threadName)).isEqualTo("writer-of-test");
    }

    @Test
    void callHere_virtualThread_runsOnTheWritersThread() {
        CompletableFuture<String> name = new CompletableFuture<>();

        Thread.ofVirtual().start(() -> name.complete(writer.callHere(WriterTest::threadName)));

        assertThat(name.join()).isEqualTo("writer-of-test");
    }

    @Test
    void callHere_othersWait_comesAfterThem() {
        CountDownLatch go = new CountDownLatch(1);
        List<String> done = new ArrayList<>();
        writer.post(() -> await(go));
        writer.post(() -> done.add("earlier"));
        Thread caller = Thread.currentThread();
        Thread.ofPlatform().start(() -> {
            awaitThatItWaits(caller);
            go.countDown();
        });

        String ran = writer.callHere(() -> {
            done.add("later");
            return threadName();
        });

        assertThat(done).containsExactly("earlier", "later");
        assertThat(ran).isEqualTo("writer-of-test");
    }

    @Test
    void callHere_taskRunsOnAnotherCaller_neverAtTheSameTime() throws InterruptedException {
        int[] count = {0};
        List<Thread> callers = new ArrayList<>();
        for (int caller = 0; caller < 4; caller++) {
            callers.add(Thread.ofPlatform().start(() -> {
                for (int time = 0; time < 2_000; time++) {
                    writer.callHere(() -> count[0]++);
                }
            }));
        }
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(count[0]).isEqualTo(8_000);
    }

    @Test
    void callHere_taskThrows_throwsItAndTheNextOneRuns() {
        IllegalStateException failure = new IllegalStateException("meant");

        assertThatThrownBy(() -> writer.callHere(() -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(writer.callHere(WriterTest::threadName)).isEqualTo(threadName());
        assertThat(writer.call(WriterTest::threadName)).isEqualTo("writer-of-test");
    }

    @Test
    void callHere_closed_isRejected() {
        writer.close();

        assertThatThrownBy(() -> writer.callHere(WriterTest::threadName))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessage("the engine is stopped");
    }

    private static String threadName() {
        return Thread.currentThread().getName();
    }

    /** Ten seconds at the most; then the test fails by what it finds. */
    private static void awaitThatItWaits(Thread caller) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (caller.getState() != Thread.State.WAITING && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
