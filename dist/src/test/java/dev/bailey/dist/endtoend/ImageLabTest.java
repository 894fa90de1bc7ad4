package dev.bailey.dist.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.dist.Repository;
import dev.bailey.lab.CommandResult;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.junit.LabExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Images as others make them: an archive of dockerd's, a folder of debootstrap's. */
@Tag("lab")
@Timeout(1800)
@ExtendWith(LabExtension.class)
final class ImageLabTest {
    private static final String DOCKERFILE = """
            FROM scratch
            ADD base.tar /
            ENV GREETING=hello
            RUN echo first > /word && echo gone > /gone && mkdir /opaque && echo a > /opaque/a
            RUN rm /gone && echo second > /word && rm -r /opaque && mkdir /opaque && echo b > /opaque/b
            WORKDIR /srv
            CMD ["sh", "-c", "echo $GREETING $(cat /word) $(ls /opaque) $(pwd); test ! -e /gone"]
            """;

    @Test
    void dockerArchive_madeByDockerd_runs(Lab lab) throws IOException {
        Path archive = buildArchive(lab);
        RunningBailey bailey = RunningBailey.start(lab.host("host"));

        assertThat(bailey.run("run", "--rm", archive.toString()).output()).isEqualTo("hello second b /srv\n");
        assertThat(bailey.run("run", "--rm", "-e", "GREETING=bye", archive.toString())
                        .output())
                .startsWith("bye second");
        assertThat(bailey.run("load", "-i", archive.toString()).output()).contains("example:1");
        assertThat(bailey.run("run", "--rm", "example:1", "cat", "/word").output())
                .isEqualTo("second\n");
    }

    @Test
    void dockerArchive_cutShort_isRefusedInOneLine(Lab lab) throws IOException {
        Path archive = buildArchive(lab);
        Path cut = lab.directory().resolve("cut.tar");
        byte[] bytes = Files.readAllBytes(archive);
        Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
        RunningBailey bailey = RunningBailey.start(lab.host("host"));

        CommandResult refused = bailey.bailey("run", "--rm", cut.toString()).execute();

        assertThat(refused.exitCode()).isEqualTo(125);
        assertThat(refused.error().lines()).singleElement().asString().contains("cut.tar");
        assertThat(bailey.run("ps", "-a", "-q").output()).isEmpty();
    }

    @Test
    void directory_madeByDebootstrap_runsAndStaysAsItIs(Lab lab) throws Exception {
        Path bookworm = debootstrap();
        RunningBailey bailey = RunningBailey.start(lab.host("host"));

        String output = bailey.run(
                        "run",
                        "--rm",
                        bookworm.toString(),
                        "bash",
                        "-c",
                        ". /etc/os-release; echo $VERSION_CODENAME; touch /touched; dpkg --print-architecture >/dev/null && id -un")
                .output();

        assertThat(output).isEqualTo("bookworm\nroot\n");
        assertThat(bookworm.resolve("touched")).doesNotExist();
    }

    private static Path buildArchive(Lab lab) throws IOException {
        LabHost workshop = lab.host("workshop");
        Path context = Files.createDirectory(lab.directory().resolve("context"));
        SmallRoot.tar(workshop, context, "sh", "cat", "ls", "mkdir", "rm", "hostname", "sleep");
        Files.writeString(context.resolve("Dockerfile"), DOCKERFILE);
        PrivateDocker docker = PrivateDocker.start(workshop);
        docker.docker("build", "--network", "none", "--tag", "example:1", context.toString())
                .run();
        Path archive = lab.directory().resolve("example.tar");
        docker.docker("save", "--output", archive.toString(), "example:1").run();
        return archive;
    }

    /** A folder made once per checkout, since it takes a minute or two and a network. */
    private static Path debootstrap() throws Exception {
        Path done = Repository.root().resolve("dist/target/bookworm");
        if (!Files.exists(done)) {
            Path made = Files.createTempDirectory(Files.createDirectories(done.getParent()), "bookworm-");
            List<String> command =
                    new ArrayList<>(List.of("debootstrap", "--variant=minbase", "bookworm", made.toString()));
            mirror().ifPresent(command::add);
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(made.resolveSibling("debootstrap.log").toFile())
                    .start();
            assertThat(process.waitFor(20, TimeUnit.MINUTES))
                    .as("debootstrap ends in time")
                    .isTrue();
            assertThat(process.exitValue())
                    .as("debootstrap, see dist/target/debootstrap.log")
                    .isZero();
            Files.move(made, done, StandardCopyOption.ATOMIC_MOVE);
        }
        return done;
    }

    /** The mirror that this machine's own apt uses, where it says so. */
    private static Optional<String> mirror() throws IOException {
        Process apt = new ProcessBuilder(
                        "apt-get",
                        "indextargets",
                        "--format",
                        "$(REPO_URI)",
                        "Identifier: Packages",
                        "Codename: bookworm")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new String(apt.getInputStream().readAllBytes(), UTF_8).lines().findFirst();
    }
}
