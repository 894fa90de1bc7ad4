package dev.bailey.cli.verb;

import dev.bailey.api.container.CreateContainerRequest;
import dev.bailey.api.container.CreateContainerResponse;
import dev.bailey.api.container.WaitResponse;
import dev.bailey.cli.client.DaemonClient;
import dev.bailey.cli.client.DaemonException;
import dev.bailey.cli.client.Failure;
import dev.bailey.cli.client.Targets;
import dev.bailey.cli.http.Request;
import dev.bailey.cli.http.Response;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import dev.bailey.cli.terminal.Attachment;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;

/** {@code bailey run}: makes a container, starts it and, unless told otherwise, stays with it until it ends. */
final class Run implements Verb {
    @Override
    public String name() {
        return "run";
    }

    @Override
    public String operands() {
        return "[OPTIONS] IMAGE [COMMAND] [ARG...]";
    }

    @Override
    public String summary() {
        return "Run a command in a new container; IMAGE is a folder, an archive, a loaded image, or host";
    }

    @Override
    public OptionTable options() {
        return RunOptions.TABLE;
    }

    @Override
    public int run(Context context, ParsedOptions given) throws IOException {
        CreateContainerRequest wanted = new RunOptions(given, context.environment()).request();
        Optional<Interaction> interaction = given.flag("detach")
                ? Optional.empty()
                : Optional.of(new Interaction(context, wanted.openStdin(), wanted.tty()));
        context.starter().ensureRunning();
        String id = create(context, wanted, given.value("name"));
        if (interaction.isEmpty()) {
            start(context, id, given.flag("rm"));
            context.out().println(id);
            return 0;
        }
        return stay(context, id, wanted.openStdin(), given.flag("rm"), interaction.get());
    }

    private static String create(Context context, CreateContainerRequest wanted, Optional<String> name)
            throws IOException {
        String target = Targets.containers("create");
        Request request =
                Request.post(name.map(n -> Targets.with(target, "name", n)).orElse(target), DaemonClient.json(wanted));
        try {
            CreateContainerResponse created = context.daemon().ask(CreateContainerResponse.class, request);
            created.warnings().forEach(warning -> context.complain("warning: " + warning));
            return created.id();
        } catch (DaemonException e) {
            throw new Failure(CommandFailures.codeOfRun(e), e.reason());
        }
    }

    private static void start(Context context, String id, boolean remove) throws IOException {
        try {
            context.daemon().call(Request.post(Targets.containers(id, "start")));
        } catch (DaemonException e) {
            if (remove) {
                removeQuietly(context, id);
            }
            throw new Failure(CommandFailures.codeOfRun(e), e.reason());
        }
    }

    private static void removeQuietly(Context context, String id) throws IOException {
        try {
            context.daemon().call(Request.delete(Targets.with(Targets.containers(id), "force", true)));
        } catch (DaemonException e) {
            // Already gone, or its removal is under way: the failed start is what the person hears of.
            return;
        }
    }

    private static int stay(Context context, String id, boolean input, boolean remove, Interaction interaction)
            throws IOException {
        String attach = Targets.with(Targets.containers(id, "attach"), "stream", 1);
        attach = Targets.with(Targets.with(attach, "stdin", input ? 1 : 0), "stdout", 1);
        String wait = Targets.with(Targets.containers(id, "wait"), "condition", remove ? "removed" : "next-exit");
        try (Response stream = context.daemon().upgrade(Request.post(Targets.with(attach, "stderr", 1)));
                Response end = context.daemon().send(Request.post(wait))) {
            start(context, id, remove);
            Attachment.End reason = interaction.hold(
                    stream, Targets.containers(id, "resize"), Optional.of(Targets.containers(id, "kill")));
            return switch (reason) {
                case PERSON_LEFT -> 0;
                case PROCESS_ENDED -> exitCode(end, id);
            };
        }
    }

    private static int exitCode(Response end, String id) throws IOException {
        try {
            WaitResponse answer = DaemonClient.read(WaitResponse.class, end.text());
            if (answer.error() != null) {
                throw new Failure(
                        CommandFailures.CONTAINER_FAILED, answer.error().message());
            }
            return (int) answer.statusCode();
        } catch (EOFException e) {
            throw new Failure(
                    CommandFailures.CONTAINER_FAILED, "the daemon went away; container " + id + " may still run");
        }
    }
}
