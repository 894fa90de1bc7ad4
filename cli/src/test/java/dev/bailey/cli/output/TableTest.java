package dev.bailey.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TableTest {
    @Test
    void render_rows_standUnderTheirHeadings() {
        Table table = new Table("ID", "NAME", "STATUS")
                .row("0123456789ab", "web", "Up 2 days")
                .row("1", "ä-very-long-name", "");

        assertThat(table.render()).isEqualTo("""
                        ID             NAME               STATUS
                        0123456789ab   web                Up 2 days
                        1              ä-very-long-name   \n""");
    }

    @Test
    void render_noRows_isTheHeadings() {
        assertThat(new Table("ID", "NAME").render()).isEqualTo("ID        NAME\n");
    }

    @Test
    void row_wrongNumberOfCells_isRefused() {
        assertThatThrownBy(() -> new Table("A", "B").row("1")).hasMessage("1 cells for 2 headings");
    }
}
