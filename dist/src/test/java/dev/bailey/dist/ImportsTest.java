package dev.bailey.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ImportsTest {
    @Test
    void imports_ofEveryPackage_followTheTable() {
        ImportTable table = ImportTable.read();
        List<JavaFile> files = Repository.javaFiles(false).stream()
                .filter(file -> !file.isModuleInfo())
                .toList();

        assertThat(table.rows()).hasSizeGreaterThan(20).containsKeys("linux.internal.ffi", "engine.plan", "cli");
        assertThat(files).hasSizeGreaterThan(100);
        assertThat(files).flatExtracting(table::violations).isEmpty();
    }

    @Test
    void violations_wrongImports_areFound() {
        ImportTable table = new ImportTable(Map.of(
                "a", new ImportTable.Row(List.of("b"), List.of("org.x")),
                "b", new ImportTable.Row(List.of(), List.of()),
                "b.c", new ImportTable.Row(List.of(), List.of())));
        JavaFile file = new JavaFile(
                "A.java",
                List.of(
                        "package dev.bailey.a.inner;",
                        "import dev.bailey.a.X;",
                        "import dev.bailey.b.deep.X;",
                        "import dev.bailey.b.c.X;",
                        "import static dev.bailey.d.X.y;",
                        "import java.util.List;",
                        "import java.lang.foreign.Arena;",
                        "import org.x.y.Z;",
                        "import org.xy.Z;",
                        "    dev.bailey.b.Y y = new dev.bailey.d.e.Y();",
                        "    // dev.bailey.comments.Are free"));

        assertThat(table.violations(file))
                .containsExactly(
                        "A.java: a may not import dev.bailey.b.c.X",
                        "A.java: a may not import dev.bailey.d.X.y",
                        "A.java: a may not import java.lang.foreign.Arena",
                        "A.java: a may not import org.xy.Z",
                        "A.java: a may not import dev.bailey.d.e.Y");
    }
}
