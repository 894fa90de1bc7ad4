package dev.bailey.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README and its twin in Traditional Chinese say the same, as far as a test can tell. */
final class ReadmeTest {
    private static final Pattern CODE = Pattern.compile("`[^`]+`");
    private static final String FENCE = "```";

    /** The lines that must be alike: of headings the level, of lists the mark and what is code, and code as it is. */
    private static List<String> structure(String file) {
        List<String> lines = new ArrayList<>();
        boolean code = false;
        for (String line : Repository.text(file).lines().toList()) {
            if (line.startsWith(FENCE)) {
                code = !code;
                lines.add(line);
            } else if (code) {
                lines.add(line);
            } else if (line.startsWith("#")) {
                lines.add(line.replaceAll("[^#].*", ""));
            } else if (line.startsWith("- ") || line.startsWith("|")) {
                lines.add(line.charAt(0) + String.join(" ", codeIn(line)));
            }
        }
        return lines;
    }

    private static List<String> codeIn(String text) {
        return CODE.matcher(text).results().map(match -> match.group()).toList();
    }

    @Test
    void twins_haveTheSameHeadingsListsAndCode() {
        assertThat(structure("README.md")).hasSizeGreaterThan(20);
        assertThat(structure("README.zh-TW.md")).isEqualTo(structure("README.md"));
    }

    @Test
    void twins_nameTheSameCommandsAndFiles() {
        assertThat(codeIn(Repository.text("README.zh-TW.md").replaceAll("(?s)```.*?```", "")))
                .containsExactlyInAnyOrderElementsOf(
                        codeIn(Repository.text("README.md").replaceAll("(?s)```.*?```", "")));
    }

    @Test
    void twins_nameEachOther() {
        assertThat(Repository.text("README.md")).contains("README.zh-TW.md");
        assertThat(Repository.text("README.zh-TW.md")).contains("README.md");
    }
}
