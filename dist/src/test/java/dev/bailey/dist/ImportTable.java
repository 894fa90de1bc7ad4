package dev.bailey.dist;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The table in ARCHITECTURE.md: which package may import which others, and which libraries.
 *
 * @param rows package below {@code dev.bailey} to its row
 */
record ImportTable(Map<String, Row> rows) {
    static final String OURS = "dev.bailey.";
    private static final Pattern WORD = Pattern.compile("`([\\w.]+)`");

    /** What a package may import beside itself. */
    record Row(List<String> packages, List<String> libraries) {}

    static ImportTable read() {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (String line : Repository.text("ARCHITECTURE.md").lines().toList()) {
            String[] cells = line.split("\\|", -1);
            if (line.startsWith("| `") && cells.length == 6) {
                rows.put(words(cells[1]).getFirst(), new Row(words(cells[3]), words(cells[4])));
            }
        }
        return new ImportTable(rows);
    }

    private static List<String> words(String cell) {
        return WORD.matcher(cell).results().map(word -> word.group(1)).toList();
    }

    /** Returns the row that covers a package of ours: its own or that of the nearest package above. */
    Optional<String> rowOf(String packageName) {
        if (!packageName.startsWith(OURS)) {
            return Optional.empty();
        }
        String name = packageName.substring(OURS.length());
        while (!rows.containsKey(name)) {
            int point = name.lastIndexOf('.');
            if (point < 0) {
                return Optional.empty();
            }
            name = name.substring(0, point);
        }
        return Optional.of(name);
    }

    /** Returns a line for each import of a file that the table does not allow. */
    List<String> violations(JavaFile file) {
        Optional<String> own = rowOf(file.packageName());
        if (own.isEmpty()) {
            return List.of(file.path() + ": package " + file.packageName() + " has no row in ARCHITECTURE.md");
        }
        List<String> problems = new ArrayList<>();
        Row row = rows.getOrDefault(own.get(), new Row(List.of(), List.of()));
        List<String> names = new ArrayList<>(file.imports());
        names.addAll(file.speltOut());
        for (String imported : names) {
            if (!allowed(own.get(), row, imported)) {
                problems.add(file.path() + ": " + own.get() + " may not import " + imported);
            }
        }
        return problems;
    }

    private boolean allowed(String own, Row row, String imported) {
        if (imported.startsWith(OURS)) {
            String target = rowOf(imported).orElse("?");
            return target.equals(own) || row.packages().contains(target);
        }
        boolean plainJava = imported.startsWith("java.") || imported.startsWith("javax.");
        boolean everywhere =
                plainJava && !imported.startsWith("java.lang.foreign") || imported.startsWith("org.jspecify.");
        return everywhere || row.libraries().stream().anyMatch(library -> imported.startsWith(library + "."));
    }
}
