package dev.bailey.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MarkdownTableTest {
    @Test
    void render_columnsLineUp() {
        MarkdownTable table = new MarkdownTable("what", "n").row("attach", "1").row("ps", "1000");

        assertThat(table.render()).isEqualTo("""
                        | what   | n    |
                        | ------ | ---- |
                        | attach | 1    |
                        | ps     | 1000 |
                        """);
    }

    @Test
    void render_barInACell_isEscaped() {
        assertThat(new MarkdownTable("a").row("x|y").render()).contains("| x\\|y |");
    }

    @Test
    void row_otherNumberOfCells_isRefused() {
        MarkdownTable table = new MarkdownTable("a", "b");

        assertThatThrownBy(() -> table.row("1")).hasMessage("1 cells in a table of 2 columns");
    }
}
