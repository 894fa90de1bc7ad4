package dev.bailey.bench.report;

import dev.bailey.bench.measure.Results;
import io.avaje.jsonb.JsonType;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** The file that keeps a run: one line of JSON for each series. */
public final class ResultFile {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z.jsonl'").withZone(ZoneOffset.UTC);

    private ResultFile() {}

    /**
     * Writes a file that is named after the begin of the run, owned by the owner of the folder above.
     *
     * @param folder where, made if missing
     * @return the file
     */
    public static Path write(Path folder, Results results, Environment environment) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(NAME.format(environment.begin()));
        Files.write(file, lines(results, environment));
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            Files.setOwner(folder, Files.getOwner(parent));
            Files.setOwner(file, Files.getOwner(parent));
        }
        return file;
    }

    /** Returns the lines. */
    static List<String> lines(Results results, Environment environment) {
        JsonType<ResultLine> type = Jsonb.builder().build().type(ResultLine.class);
        return results.summaries().entrySet().stream()
                .map(series -> ResultLine.of(environment, series.getKey(), series.getValue()))
                .map(type::toJson)
                .toList();
    }
}
