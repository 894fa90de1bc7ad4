package dev.bailey.cli.output;

import dev.bailey.api.ApiJson;
import dev.bailey.cli.output.jsonb.GeneratedJsonComponent;
import io.avaje.jsonb.Jsonb;

/** Rows of lists in JSON, one to a line, as Docker prints them. */
public final class RowJson {
    private static final Jsonb JSONB = ApiJson.of(new GeneratedJsonComponent());

    private RowJson() {}

    /** Returns a container's, an image's or a network's row as text. */
    public static String text(Record row) {
        return JSONB.toJson(row);
    }
}
