package dev.bailey.cli.verb;

import dev.bailey.cli.client.Failure;
import dev.bailey.cli.client.Targets;
import dev.bailey.cli.http.Request;
import dev.bailey.cli.http.Response;
import dev.bailey.cli.terminal.Attachment;
import dev.bailey.cli.terminal.Signals;
import dev.bailey.cli.terminal.Terminal;
import java.io.IOException;
import java.util.Optional;

/**
 * A person at a process in a container: streams joined, the keyboard raw where both sides are terminals,
 * window sizes and signals passed on.
 */
final class Interaction {
    private final Context context;
    private final boolean input;
    private final boolean tty;
    private final Optional<Terminal> terminal;

    /**
     * Looks at standard input; nothing is changed yet.
     *
     * @param input whether the process reads what the person types
     * @param tty whether the process runs on a terminal
     * @throws Failure if both are asked for and standard input is no terminal
     */
    Interaction(Context context, boolean input, boolean tty) {
        this.context = context;
        this.input = input;
        this.tty = tty;
        this.terminal = tty ? Terminal.onStandardInput() : Optional.empty();
        if (input && tty && terminal.isEmpty()) {
            throw new Failure(1, "-t with -i needs a terminal on standard input; leave -t out");
        }
    }

    /** Returns the size of the person's terminal, if there is one. */
    Optional<Terminal.Size> size() {
        return terminal.flatMap(Terminal::size);
    }

    /**
     * Holds on until the process ends or the person leaves.
     *
     * @param stream the upgraded connection
     * @param resizeTarget where sizes are sent
     * @param killTarget where signals are sent; empty to leave them alone
     */
    Attachment.End hold(Response stream, String resizeTarget, Optional<String> killTarget) throws IOException {
        Attachment attachment = new Attachment(stream, context.streams(), tty);
        boolean keyboard = input && terminal.isPresent();
        try (Signals signals = new Signals();
                Terminal.Mode mode = keyboard ? terminal.get().enterRawMode() : Terminal.Mode.UNCHANGED) {
            killTarget.ifPresent(target ->
                    signals.passOn(name -> tell(Request.post(Targets.with(target, "signal", "SIG" + name)))));
            if (terminal.isPresent()) {
                signals.onResize(() -> sendSize(resizeTarget));
                sendSize(resizeTarget);
            }
            if (input) {
                attachment.startInput(keyboard);
            }
            return attachment.copyOutput();
        }
    }

    private void sendSize(String target) {
        size().ifPresent(size ->
                tell(Request.post(Targets.with(Targets.with(target, "h", size.rows()), "w", size.columns()))));
    }

    private void tell(Request request) {
        try {
            context.daemon().call(request);
        } catch (IOException e) {
            // The process may have ended at this moment; its end is what the person hears of.
            return;
        }
    }
}
