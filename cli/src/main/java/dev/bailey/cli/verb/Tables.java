package dev.bailey.cli.verb;

import dev.bailey.api.view.HostTable;
import dev.bailey.cli.options.Option;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import dev.bailey.cli.output.TableMatrix;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/** {@code bailey tables}: shows which table of rules has which chain. */
final class Tables implements Verb {
    private static final OptionTable OPTIONS = OptionTable.anywhere(
            "tables", Option.flag("chains", "A line for each chain, those without a hook as well"), Format.OPTION);

    @Override
    public String name() {
        return "tables";
    }

    @Override
    public String operands() {
        return "[OPTIONS]";
    }

    @Override
    public String summary() {
        return "Show which table of rules has which chain, and who owns it";
    }

    @Override
    public OptionTable options() {
        return OPTIONS;
    }

    @Override
    public int run(Context context, ParsedOptions given) throws IOException {
        Function<List<HostTable>, String> text = given.flag("chains") ? TableMatrix::chains : TableMatrix::of;
        return Look.print(this, context, given, "/bailey/tables", HostTable.class, text);
    }
}
