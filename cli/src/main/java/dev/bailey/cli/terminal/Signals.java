package dev.bailey.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Signals to this process, given to whom they are meant for; closing it brings the former handlers back.
 *
 * <p>QUIT, KILL and STOP stay as they are: the JVM or the kernel has them.
 */
public final class Signals implements AutoCloseable {
    private static final List<String> FOR_THE_PROCESS = List.of("INT", "TERM", "HUP", "USR2");
    private static final int INSISTENT = 3;
    private static final int EXIT_INTERRUPTED = 130;

    private final List<Signal> handled = new ArrayList<>();
    private final List<SignalHandler> former = new ArrayList<>();

    /** Takes nothing yet. */
    public Signals() {}

    /**
     * Passes INT, TERM, HUP and USR2 on by their names without SIG. The third INT or TERM ends this
     * process itself, for a container that does not listen.
     */
    public Signals passOn(Consumer<String> target) {
        AtomicInteger asked = new AtomicInteger();
        for (String name : FOR_THE_PROCESS) {
            handle(name, signal -> {
                if ((name.equals("INT") || name.equals("TERM")) && asked.incrementAndGet() >= INSISTENT) {
                    System.exit(EXIT_INTERRUPTED);
                }
                target.accept(name);
            });
        }
        return this;
    }

    /** Calls {@code action} whenever the terminal changes its size. */
    public Signals onResize(Runnable action) {
        handle("WINCH", signal -> action.run());
        return this;
    }

    private void handle(String name, SignalHandler handler) {
        Signal signal = new Signal(name);
        try {
            former.add(Signal.handle(signal, handler));
            handled.add(signal);
        } catch (IllegalArgumentException e) {
            // The JVM keeps some signals for itself, depending on its flags; those are not passed on.
            return;
        }
    }

    @Override
    public void close() {
        for (int at = 0; at < handled.size(); at++) {
            Signal.handle(handled.get(at), former.get(at));
        }
        handled.clear();
        former.clear();
    }
}
