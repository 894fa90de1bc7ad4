package dev.bailey.manual;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.cli.options.Option;
import dev.bailey.cli.verb.Verbs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What bash offers; the last word of each line is the one at the cursor. */
@Timeout(120)
class BashCompletionTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("completion"), BashCompletion.script(ManualVerb.all(), DaemonOption.all()));
        Path client = folder.resolve("bailey");
        Files.writeString(client, "#!/bin/sh\necho '{\"ID\":\"1\",\"Names\":\"web\",\"Image\":\"host\"}'\n");
        Files.setPosixFilePermissions(client, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<String> offered(String... words) throws IOException, InterruptedException {
        Process bash = new ProcessBuilder(Stream.concat(
                                Stream.of(
                                        "bash",
                                        "-c",
                                        ". ./completion; COMP_WORDS=(\"$@\") COMP_CWORD=$(($# - 1)); _bailey;"
                                                + " printf '%s\\n' \"${COMPREPLY[@]}\"",
                                        "bash",
                                        "bailey"),
                                Stream.of(words))
                        .toList())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        bash.getOutputStream().close();
        List<String> lines =
                new String(bash.getInputStream().readAllBytes(), UTF_8).lines().toList();
        assertThat(bash.waitFor()).isZero();
        return lines;
    }

    private ProcessBuilder withClient(ProcessBuilder builder) {
        builder.environment().merge("PATH", folder + ":", (path, own) -> own + path);
        return builder;
    }

    @Test
    void verb_wanted_everyOneIsOffered() throws Exception {
        List<String> first = Verbs.NAMES.stream()
                .map(name -> name.split(" ", -1)[0])
                .distinct()
                .toList();

        assertThat(offered("")).containsAll(first).contains("daemon");
        assertThat(offered("ne")).containsExactly("network");
        assertThat(offered("network", "")).contains("ls", "inspect").doesNotContain("run");
        assertThat(offered("-H", "unix:///x", "at")).containsExactly("attach");
    }

    @Test
    void options_ofEveryVerb_areOffered() throws Exception {
        String script = Files.readString(folder.resolve("completion"));
        for (String name : Verbs.NAMES) {
            String options = script.lines()
                    .filter(line -> line.startsWith("        '" + name + "') echo '-"))
                    .findFirst()
                    .orElse("");
            for (Option option : Verbs.named(name).orElseThrow().options().options()) {
                assertThat(options).as(name).contains("--" + option.name());
            }
        }
        assertThat(offered("run", "--na")).containsExactly("--name");
        assertThat(offered("network", "ls", "--q")).containsExactly("--quiet");
        assertThat(offered("daemon", "--mt")).containsExactly("--mtu");
    }

    @Test
    void value_ofAnOption_isOffered() throws Exception {
        assertThat(offered("ps", "--format", "")).containsExactly("table", "json");
        assertThat(offered("daemon", "--log-level", "w")).containsExactly("warn");
        assertThat(offered("run", "--env-file", "compl")).containsExactly("completion");
        assertThat(offered("run", "--name", "")).containsExactly("");
    }

    @Test
    void operand_container_isAskedOfTheDaemon() throws Exception {
        Process bash = withClient(new ProcessBuilder(
                        "bash",
                        "-c",
                        ". ./completion; COMP_WORDS=(bailey stop w) COMP_CWORD=2; _bailey; echo \"${COMPREPLY[*]}\""))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(bash.getInputStream().readAllBytes(), UTF_8)).isEqualTo("web\n");
    }

    @Test
    void operand_image_isHostOrAFile() throws Exception {
        assertThat(offered("run", "ho")).containsExactly("host");
        assertThat(offered("run", "compl")).containsExactly("completion");
    }
}
