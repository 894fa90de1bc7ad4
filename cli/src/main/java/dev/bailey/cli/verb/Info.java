package dev.bailey.cli.verb;

import dev.bailey.api.system.InfoResponse;
import dev.bailey.cli.client.Targets;
import dev.bailey.cli.http.Request;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import dev.bailey.cli.output.Units;
import java.io.IOException;

/** {@code bailey info}: shows the daemon and its host. */
final class Info implements Verb {
    private static final OptionTable OPTIONS = OptionTable.anywhere("info", Format.OPTION);

    @Override
    public String name() {
        return "info";
    }

    @Override
    public String operands() {
        return "[OPTIONS]";
    }

    @Override
    public String summary() {
        return "Show the daemon and its host";
    }

    @Override
    public OptionTable options() {
        return OPTIONS;
    }

    @Override
    public int run(Context context, ParsedOptions given) throws IOException {
        Operands.none(this, given);
        Format format = Format.of(OPTIONS, given);
        Request request = Request.get(Targets.fixed("/info"));
        switch (format) {
            case JSON -> context.out().println(context.daemon().text(request).strip());
            case TABLE -> print(context, context.daemon().ask(InfoResponse.class, request));
        }
        return 0;
    }

    private static void print(Context context, InfoResponse info) {
        context.out().print("""
                Containers: %d
                 Running: %d
                 Stopped: %d
                Images: %d
                Server Version: %s
                Storage Driver: %s
                Cgroup Version: %s
                Default Runtime: %s
                IPv4 Forwarding: %s
                Kernel Version: %s
                Operating System: %s
                Architecture: %s
                CPUs: %d
                Total Memory: %s
                Name: %s
                Data Folder: %s
                """.formatted(
                        info.containers(),
                        info.containersRunning(),
                        info.containersStopped(),
                        info.images(),
                        info.serverVersion(),
                        info.driver(),
                        info.cgroupVersion(),
                        info.defaultRuntime(),
                        info.ipv4Forwarding(),
                        info.kernelVersion(),
                        info.operatingSystem(),
                        info.architecture(),
                        info.ncpu(),
                        Units.size(info.memTotal()),
                        info.name(),
                        info.dockerRootDir()));
        info.warnings().forEach(warning -> context.out().println("WARNING: " + warning));
    }
}
