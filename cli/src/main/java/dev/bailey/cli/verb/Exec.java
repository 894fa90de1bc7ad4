package dev.bailey.cli.verb;

import dev.bailey.api.exec.ExecCreateRequest;
import dev.bailey.api.exec.ExecCreateResponse;
import dev.bailey.api.exec.ExecInspect;
import dev.bailey.api.exec.ExecStartRequest;
import dev.bailey.cli.client.DaemonClient;
import dev.bailey.cli.client.DaemonException;
import dev.bailey.cli.client.Failure;
import dev.bailey.cli.client.Targets;
import dev.bailey.cli.http.Request;
import dev.bailey.cli.http.Response;
import dev.bailey.cli.options.Option;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import dev.bailey.cli.terminal.Attachment;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code bailey exec}: runs one more command inside a running container. */
final class Exec implements Verb {
    private static final OptionTable OPTIONS = OptionTable.first(
            "exec",
            Option.flag('d', "detach", "Do not stay"),
            Option.flag('i', "interactive", "Pass standard input on"),
            Option.flag('t', "tty", "Run the command on a terminal"),
            Option.value('e', "env", "NAME=VALUE", "Environment variable; NAME alone takes this shell's value"),
            Option.value("env-file", "FILE", "File of such lines"),
            Option.value('w', "workdir", "PATH", "Working folder inside"),
            Option.value('u', "user", "USER[:GROUP]", "User inside, by name or number"),
            Option.flag("privileged", "With all capabilities"));

    private static final int EXIT_CODE_ATTEMPTS = 200;
    private static final long EXIT_CODE_PAUSE_MILLIS = 10;

    @Override
    public String name() {
        return "exec";
    }

    @Override
    public String operands() {
        return "[OPTIONS] CONTAINER COMMAND [ARG...]";
    }

    @Override
    public String summary() {
        return "Run a command in a running container";
    }

    @Override
    public OptionTable options() {
        return OPTIONS;
    }

    @Override
    public int run(Context context, ParsedOptions given) throws IOException {
        if (given.operands().size() < 2) {
            throw OPTIONS.usage("a container and a command are needed");
        }
        boolean detach = given.flag("detach");
        boolean tty = given.flag("tty");
        boolean input = given.flag("interactive") && !detach;
        Optional<Interaction> interaction =
                detach ? Optional.empty() : Optional.of(new Interaction(context, input, tty));
        String id = create(context, given, input);
        try {
            return interaction.isEmpty() ? startDetached(context, id, tty) : stay(context, id, tty, interaction.get());
        } catch (DaemonException e) {
            throw new Failure(CommandFailures.codeOfExec(e), e.reason());
        }
    }

    private static String create(Context context, ParsedOptions given, boolean input) throws IOException {
        boolean attached = !given.flag("detach");
        List<String> operands = given.operands();
        ExecCreateRequest body = new ExecCreateRequest(
                input,
                attached,
                attached,
                null,
                given.flag("tty"),
                new EnvironmentOptions(OPTIONS, given, context.environment()).variables(),
                operands.subList(1, operands.size()),
                given.flag("privileged"),
                given.value("user").orElse(""),
                given.value("workdir").orElse(""));
        Request request = Request.post(Targets.containers(operands.getFirst(), "exec"), DaemonClient.json(body));
        return context.daemon().ask(ExecCreateResponse.class, request).id();
    }

    private static int startDetached(Context context, String id, boolean tty) throws IOException {
        byte[] body = DaemonClient.json(new ExecStartRequest(true, tty, null));
        context.daemon().call(Request.post(Targets.exec(id, "start"), body));
        return 0;
    }

    private static int stay(Context context, String id, boolean tty, Interaction interaction) throws IOException {
        List<Integer> size = interaction
                .size()
                .map(known -> List.of(known.rows(), known.columns()))
                .orElse(null);
        byte[] body = DaemonClient.json(new ExecStartRequest(false, tty, size));
        try (Response stream = context.daemon().upgrade(Request.post(Targets.exec(id, "start"), body))) {
            Attachment.End reason = interaction.hold(stream, Targets.exec(id, "resize"), Optional.empty());
            return switch (reason) {
                case PERSON_LEFT -> 0;
                case PROCESS_ENDED -> exitCode(context, id);
            };
        }
    }

    /** The output of a process ends a moment before the process does. */
    private static int exitCode(Context context, String id) throws IOException {
        for (int attempt = 0; attempt < EXIT_CODE_ATTEMPTS; attempt++) {
            ExecInspect state = context.daemon().ask(ExecInspect.class, Request.get(Targets.exec(id, "json")));
            if (!state.running() && state.exitCode() != null) {
                return state.exitCode();
            }
            pause();
        }
        throw new Failure(1, "the command closed its output and runs on");
    }

    private static void pause() {
        try {
            Thread.sleep(EXIT_CODE_PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
