package dev.bailey.cli.verb;

import dev.bailey.api.view.ConfigValue;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import dev.bailey.cli.output.Table;
import java.io.IOException;
import java.util.List;

/** {@code bailey config}: shows every setting of the daemon and where it came from. */
final class Config implements Verb {
    private static final OptionTable OPTIONS = OptionTable.anywhere("config", Format.OPTION);

    @Override
    public String name() {
        return "config";
    }

    @Override
    public String operands() {
        return "[OPTIONS]";
    }

    @Override
    public String summary() {
        return "Show the daemon's settings and where each came from; 'config check' reads them without a daemon";
    }

    @Override
    public OptionTable options() {
        return OPTIONS;
    }

    @Override
    public int run(Context context, ParsedOptions given) throws IOException {
        return Look.print(this, context, given, "/bailey/config", ConfigValue.class, Config::table);
    }

    private static String table(List<ConfigValue> values) {
        Table table = new Table("SETTING", "VALUE", "ORIGIN");
        values.forEach(each -> table.row(each.name(), each.value(), each.origin()));
        return table.render();
    }
}
