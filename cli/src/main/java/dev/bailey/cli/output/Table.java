package dev.bailey.cli.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows under headings in columns, three blanks apart, each at least ten characters wide: as Docker's
 * client prints them, so that scripts that cut columns go on working. Control characters, which other programs may have
 * put into a name, become question marks. Not for several threads.
 */
public final class Table {
    private static final int GAP = 3;
    private static final int LEAST_WIDTH = 10;

    private final List<List<String>> rows = new ArrayList<>();

    /** Creates a table that has headings only. */
    public Table(String... headings) {
        rows.add(List.of(headings));
    }

    /** Adds a row, a cell for every heading. */
    public Table row(String... cells) {
        if (cells.length != rows.getFirst().size()) {
            throw new IllegalArgumentException(
                    cells.length + " cells for " + rows.getFirst().size() + " headings");
        }
        rows.add(Arrays.stream(cells).map(Table::harmless).toList());
        return this;
    }

    /** Returns a text with question marks for its control characters. */
    static String harmless(String cell) {
        StringBuilder text = new StringBuilder(cell);
        for (int at = 0; at < text.length(); at++) {
            if (Character.isISOControl(text.charAt(at))) {
                text.setCharAt(at, '?');
            }
        }
        return text.toString();
    }

    /** Returns the lines, each ended by a line feed, none with blanks at its end but those of its last cell. */
    public String render() {
        int last = rows.getFirst().size() - 1;
        int[] widths = new int[last];
        for (List<String> row : rows) {
            for (int column = 0; column < last; column++) {
                widths[column] = Math.max(widths[column], length(row.get(column)) + GAP);
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            for (int column = 0; column < last; column++) {
                String cell = row.get(column);
                text.append(cell).repeat(' ', Math.max(widths[column], LEAST_WIDTH) - length(cell));
            }
            text.append(row.get(last)).append('\n');
        }
        return text.toString();
    }

    /** Returns the lines without blanks at their ends. */
    public String renderStripped() {
        return render().lines().map(line -> line.stripTrailing() + "\n").collect(Collectors.joining());
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
