package dev.bailey.cli.verb;

import dev.bailey.api.ApiVersion;
import dev.bailey.api.system.VersionComponent;
import dev.bailey.api.system.VersionResponse;
import dev.bailey.cli.client.Targets;
import dev.bailey.cli.http.Request;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import java.io.IOException;

/** {@code bailey version}: shows versions. */
final class Version implements Verb {
    private static final OptionTable OPTIONS = OptionTable.anywhere("version", Format.OPTION);

    @Override
    public String name() {
        return "version";
    }

    @Override
    public String operands() {
        return "[OPTIONS]";
    }

    @Override
    public String summary() {
        return "Show the versions of client and daemon";
    }

    @Override
    public OptionTable options() {
        return OPTIONS;
    }

    @Override
    public int run(Context context, ParsedOptions given) throws IOException {
        Operands.none(this, given);
        Format format = Format.of(OPTIONS, given);
        if (format == Format.TABLE) {
            context.out()
                    .print("Client:\n Version:     %s\n API version: %s\n"
                            .formatted(Help.version(), ApiVersion.NEWEST));
        }
        Request request = Request.get(Targets.fixed("/version"));
        switch (format) {
            case JSON -> {
                String own = "{\"Version\":\"" + Help.version() + "\",\"ApiVersion\":\"" + ApiVersion.NEWEST + "\"}";
                String server = context.daemon().text(request).strip();
                context.out().println("{\"Client\":" + own + ",\"Server\":" + server + "}");
            }
            case TABLE -> print(context, context.daemon().ask(VersionResponse.class, request));
        }
        return 0;
    }

    private static void print(Context context, VersionResponse version) {
        context.out().print("""

                Server: %s
                 Version:     %s
                 API version: %s (minimum version %s)
                 OS/Arch:     %s/%s
                 Kernel:      %s
                """.formatted(
                        version.platform().name(),
                        version.version(),
                        version.apiVersion(),
                        version.minApiVersion(),
                        version.os(),
                        version.arch(),
                        version.kernelVersion()));
        for (VersionComponent component : version.components()) {
            context.out().println(" " + component.name() + ": " + component.version());
        }
    }
}
