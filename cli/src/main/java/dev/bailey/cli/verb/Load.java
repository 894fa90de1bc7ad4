package dev.bailey.cli.verb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bailey.api.image.ProgressMessage;
import dev.bailey.cli.client.DaemonClient;
import dev.bailey.cli.client.Failure;
import dev.bailey.cli.client.Targets;
import dev.bailey.cli.http.Request;
import dev.bailey.cli.http.Response;
import dev.bailey.cli.options.Option;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code bailey load}: loads images. */
final class Load implements Verb {
    private static final OptionTable OPTIONS = OptionTable.anywhere(
            "load",
            Option.value('i', "input", "FILE", "The archive (standard input)"),
            Option.flag('q', "quiet", "Print nothing but errors"));

    @Override
    public String name() {
        return "load";
    }

    @Override
    public String operands() {
        return "[OPTIONS]";
    }

    @Override
    public String summary() {
        return "Load images from an archive of docker save or in OCI form";
    }

    @Override
    public OptionTable options() {
        return OPTIONS;
    }

    @Override
    public int run(Context context, ParsedOptions given) throws IOException {
        Operands.none(this, given);
        if (given.value("input").isEmpty()) {
            return load(context, context.streams().in(), given.flag("quiet"));
        }
        try (InputStream archive =
                Files.newInputStream(Path.of(given.value("input").get()))) {
            return load(context, archive, given.flag("quiet"));
        }
    }

    private static int load(Context context, InputStream archive, boolean quiet) throws IOException {
        Request request = new Request("POST", Targets.fixed("/images/load"), new Request.Body.Tar(archive));
        try (Response response = context.daemon().send(request);
                BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                ProgressMessage message = DaemonClient.read(ProgressMessage.class, line);
                if (message.error() != null) {
                    throw new Failure(1, message.error());
                }
                if (message.stream() != null && !quiet) {
                    context.out().print(message.stream());
                }
            }
        }
        return 0;
    }
}
