package dev.bailey.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a lab whose JVM is killed, and of one whose JVM ends in order. */
@Tag("lab")
class SweepTest {
    /** Not the usual directory for temporary files: another JVM's first lab would sweep there too. */
    @TempDir
    private Path parent;

    @Test
    void sweep_killedJvm_tearsItsLabDownAndLetsLivingOnesAlone() throws Exception {
        LeakCheck check = LeakCheck.start();
        try (Lab living = Lab.create()) {
            LabHost host = living.host("host");
            Process jvm = startJvm("wait");
            Path directory = awaitLab(jvm);
            long sleeper = Long.parseLong(Files.readString(directory.resolve("pid")));
            jvm.destroyForcibly().waitFor();
            assertThat(ProcessHandle.of(sleeper)).isPresent();
            assertThat(Teardown.names(directory)).hasSize(1);

            LabDirectory.sweep(parent);

            assertThat(directory).doesNotExist();
            assertThat(Teardown.names(directory)).isEmpty();
            Await.until(
                    "the end of the killed lab's process",
                    () -> ProcessHandle.of(sleeper).isEmpty());
            assertThat(host.exec("true").succeeded()).isTrue();
            assertThat(living.directory()).exists();
        }
        check.requireNone();
    }

    @Test
    void jvmEnds_labStillOpen_isClosed() throws Exception {
        Process jvm = startJvm("leave");
        Path directory = awaitLab(jvm);

        assertThat(jvm.waitFor()).isZero();

        assertThat(directory).doesNotExist();
        assertThat(directory.resolveSibling(directory.getFileName() + ".lock")).doesNotExist();
    }

    private Process startJvm(String what) throws Exception {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + parent,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        what))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static Path awaitLab(Process jvm) throws Exception {
        try (BufferedReader reader = jvm.inputReader()) {
            return Path.of(reader.readLine());
        }
    }

    /** The program of the other JVM. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] arguments) throws Exception {
            Lab lab = Lab.create();
            LabHost host = lab.host("host");
            host.netnsName();
            long pid = host.command("sleep", "1000").start().pid();
            Files.writeString(lab.directory().resolve("pid"), Long.toString(pid));
            System.out.println(lab.directory());
            if (arguments[0].equals("wait")) {
                Thread.currentThread().join();
            }
        }
    }
}
