package dev.bailey.cli.verb;

import dev.bailey.api.view.HostNatTable;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import dev.bailey.cli.output.NatText;
import java.io.IOException;

/** {@code bailey nat}: shows the rules that translate addresses. */
final class Nat implements Verb {
    private static final OptionTable OPTIONS = OptionTable.anywhere("nat", Format.OPTION);

    @Override
    public String name() {
        return "nat";
    }

    @Override
    public String operands() {
        return "[OPTIONS]";
    }

    @Override
    public String summary() {
        return "Show the rules that translate addresses, in iptables' notation";
    }

    @Override
    public OptionTable options() {
        return OPTIONS;
    }

    @Override
    public int run(Context context, ParsedOptions given) throws IOException {
        return Look.print(this, context, given, "/bailey/nat", HostNatTable.class, NatText::of);
    }
}
