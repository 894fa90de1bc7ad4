package dev.bailey.manual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.cli.options.Option;
import dev.bailey.cli.verb.Verbs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagesTest {
    @TempDir
    private Path folder;

    @Test
    void clientPage_everyVerbAndOption_isThere() {
        String page = ClientPage.text(ManualVerb.all());

        assertThat(Verbs.NAMES).hasSizeGreaterThan(20);
        for (String name : Verbs.NAMES) {
            String part = part(page, "bailey " + name);
            for (Option option : Verbs.named(name).orElseThrow().options().options()) {
                boolean everywhere =
                        option.name().equals("host") || option.name().equals("help");
                assertThat(everywhere ? page : part)
                        .as(name + " --" + option.name())
                        .contains(Roff.escape("--" + option.name()) + "\\fR", Roff.escape(option.help()));
            }
        }
    }

    private static String part(String page, String title) {
        int start = page.indexOf(".SS \"" + Roff.escape(title));
        assertThat(start).as(title).isNotNegative();
        int end = page.indexOf("\n.S", start);
        return page.substring(start, end);
    }

    @Test
    void daemonPages_everyOptionAndKey_areThere() {
        List<DaemonOption> options = DaemonOption.all();

        assertThat(options).extracting(DaemonOption::forms).contains("-H, --host", "--mtu", "-b, --bridge", "--help");
        assertThat(options)
                .filteredOn(option -> option.forms().equals("--default-address-pool"))
                .extracting(DaemonOption::key)
                .containsExactly("default-address-pools");
        for (DaemonOption option : options) {
            assertThat(DaemonPage.text(options)).contains("\\fB" + Roff.escape(option.forms()) + "\\fR");
            if (!option.key().isEmpty()) {
                assertThat(SettingsPage.text(options)).contains("\\fB" + Roff.escape(option.key()) + "\\fR");
            }
        }
    }

    @Test
    void parse_helpOfAnyShape_keepsFormsValueKeyAndText() {
        assertThat(DaemonOption.parse("""
                Usage: bailey daemon

                  -b, --bridge NAME
                        Bridge of your own [bridge] (default bailey0)
                      --default-address-pool base=PREFIX,size=LENGTH
                        Range; again [default-address-pools] (default Docker's)
                      --help
                        Print this and exit
                """))
                .containsExactly(
                        new DaemonOption("-b, --bridge", "NAME", "bridge", "Bridge of your own (default bailey0)"),
                        new DaemonOption(
                                "--default-address-pool",
                                "base=PREFIX,size=LENGTH",
                                "default-address-pools",
                                "Range; again (default Docker's)"),
                        new DaemonOption("--help", "", "", "Print this and exit"));
    }

    @Test
    void roff_whatMeansSomethingToIt_isEscaped() {
        String page = new Roff("a-b", 1, "x")
                .paragraph(".dot \\ -q \"x\"")
                .example("'quote")
                .toString();

        assertThat(page)
                .contains(".TH A\\-B 1", "\n\\&.dot \\e \\-q \\(dqx\\(dq\n", "\n\\&'quote\n")
                .startsWith(".\\\"");
    }

    @Test
    void write_pagesAndCompletion_areWhereTheyBelong() throws IOException {
        Main.write(folder);

        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> folder.relativize(file).toString())
                            .sorted())
                    .containsExactly(
                            "completions/bailey",
                            "man1/bailey.1.gz",
                            "man5/bailey-daemon.json.5.gz",
                            "man8/bailey-daemon.8.gz");
        }
        try (InputStream page = new GZIPInputStream(Files.newInputStream(folder.resolve("man1/bailey.1.gz")))) {
            assertThat(new String(page.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo(Main.pages().get("bailey.1"));
        }
    }
}
