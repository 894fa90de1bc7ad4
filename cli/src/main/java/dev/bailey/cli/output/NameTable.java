package dev.bailey.cli.output;

import dev.bailey.api.view.KnownName;
import java.util.List;

/** Addresses with the names that find them, one a line. */
public final class NameTable {
    private NameTable() {}

    /** Returns the lines. */
    public static String of(List<KnownName> names) {
        Table table = new Table("CONTAINER", "NETWORK", "ADDRESS", "NAMES");
        names.forEach(
                name -> table.row(name.sandbox(), name.network(), name.address(), String.join(" ", name.names())));
        return table.renderStripped();
    }
}
