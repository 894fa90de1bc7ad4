package dev.bailey.engine.simulation;

import dev.bailey.engine.model.IdSource;
import dev.bailey.engine.reconcile.Writer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides who goes on next: the writer with its next task, a client whose answer is there, or what goes on elsewhere. One
 * at a time, each up to where it would wait, so that a history depends on chance alone and not on threads.
 */
final class Stage implements Writer {
    private final Chance chance;
    private final Fate fate;
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<Runnable> elsewhere = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private @Nullable Client current;
    private Runnable background = () -> {};

    Stage(Chance chance, Fate fate) {
        this.chance = chance;
        this.fate = fate;
    }

    /** Something that may happen at any time and any number of times. */
    void setBackground(Runnable sometimes) {
        background = sometimes;
    }

    /** Lets something happen in a while, on no thread of the engine's. */
    void later(Runnable task) {
        elsewhere.add(task);
    }

    /** Takes a client on, which begins in a while. */
    void enter(String name, Runnable body) {
        clients.add(new Client(name, () -> IdSource.use(chance, body)));
    }

    /**
     * Goes on until nobody has anything left to do or the process is dead, and with it all its threads.
     *
     * @throws Broken when a client waits for what never comes
     */
    void play() {
        while (!fate.isDead() && step()) {
            // Each turn is one step of somebody.
        }
        if (fate.isDead()) {
            tasks.clear();
            elsewhere.clear();
        }
        for (Client client : clients) {
            if (!fate.isDead()) {
                throw new Broken("every request gets an answer", client + " waits for ever");
            }
            client.resume();
        }
        clients.clear();
    }

    /** One step of somebody; false when there is nobody. */
    private boolean step() {
        List<Client> ready = clients.stream().filter(Client::isReady).toList();
        int writing = tasks.isEmpty() ? 0 : 1;
        int candidates = writing + ready.size() + elsewhere.size();
        if (candidates == 0) {
            return false;
        }
        if (chance.oneIn(12)) {
            guarded(background);
        }
        int chosen = chance.nextInt(candidates);
        if (chosen < writing) {
            guarded(tasks.remove());
        } else if (chosen < writing + ready.size()) {
            resume(ready.get(chosen - writing));
        } else {
            guarded(elsewhere.remove(chosen - writing - ready.size()));
        }
        return true;
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (Fate.Death dead) {
            // Whoever looks finds that the process is dead.
        }
    }

    private void resume(Client client) {
        Client before = current;
        current = client;
        client.resume();
        current = before;
        if (client.hasEnded()) {
            clients.remove(client);
        }
    }

    @Override
    public <T> T await(CompletableFuture<T> outcome) {
        Client client = current;
        if (client != null) {
            client.pauseUntil(outcome::isDone);
        } else {
            while (!outcome.isDone() && !fate.isDead() && step()) {
                // Whoever is not a client lets the others go on.
            }
        }
        if (!outcome.isDone()) {
            fate.checkAlive();
            throw new Broken("every request gets an answer", "nobody is left to answer");
        }
        try {
            return outcome.join();
        } catch (CompletionException failure) {
            throw switch (failure.getCause()) {
                case RuntimeException cause -> cause;
                case Error cause -> throw cause;
                case null, default -> failure;
            };
        }
    }

    /** Where nobody waits, a caller does it by itself at times. */
    @Override
    public <T> T callHere(Supplier<T> task) {
        if (tasks.isEmpty() && chance.nextBoolean()) {
            fate.checkAlive();
            return task.get();
        }
        return call(task);
    }

    @Override
    public void post(Runnable task) {
        tasks.add(task);
    }

    /** What is queued is run; what goes on elsewhere may find nobody any more. */
    @Override
    public void close() {
        while (!tasks.isEmpty() && !fate.isDead()) {
            guarded(tasks.remove());
        }
        tasks.clear();
        elsewhere.clear();
    }
}
