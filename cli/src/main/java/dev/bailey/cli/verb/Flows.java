package dev.bailey.cli.verb;

import dev.bailey.api.view.HostFlow;
import dev.bailey.cli.http.Request;
import dev.bailey.cli.options.Option;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import dev.bailey.cli.output.FlowTable;
import dev.bailey.cli.terminal.Screen;
import java.io.IOException;
import java.util.Optional;

/** {@code bailey flows}: shows the connections of containers. */
final class Flows implements Verb {
    private static final String PATH = "/bailey/flows";
    private static final int REFRESH_MILLIS = 1000;
    private static final OptionTable OPTIONS =
            OptionTable.anywhere("flows", Option.flag("once", "One listing, on a terminal as well"), Format.OPTION);

    @Override
    public String name() {
        return "flows";
    }

    @Override
    public String operands() {
        return "[OPTIONS]";
    }

    @Override
    public String summary() {
        return "Show the connections of containers, before and after NAT";
    }

    @Override
    public OptionTable options() {
        return OPTIONS;
    }

    @Override
    public int run(Context context, ParsedOptions given) throws IOException {
        Operands.none(this, given);
        Optional<Screen> screen = given.flag("once") || Format.of(OPTIONS, given) == Format.JSON
                ? Optional.empty()
                : Screen.of(context.streams(), context.out());
        return screen.isPresent()
                ? refresh(context, screen.get())
                : Look.print(this, context, given, PATH, HostFlow.class, FlowTable::of);
    }

    /** Goes on until a signal ends it, or the daemon does. */
    private static int refresh(Context context, Screen screen) throws IOException {
        while (true) {
            screen.show(FlowTable.of(context.daemon().askList(HostFlow.class, Request.get(PATH))));
            try {
                Thread.sleep(REFRESH_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return 0;
            }
        }
    }
}
