package dev.bailey.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NativeAccessTest {

    /** A program that makes one native call. */
    static final class Program {
        public static void main(String[] arguments) throws LinuxException {
            try (NetworkNamespace here = NetworkNamespace.ofCurrentThread()) {
                System.out.println("inode " + here.inode());
            }
        }
    }

    @Test
    void firstCall_nativeAccessDenied_namesTheFlag() throws Exception {
        String output = run("--illegal-native-access=deny");

        assertThat(output)
                .contains("java.lang.UnsatisfiedLinkError: native access is denied to dev.bailey.linux;"
                        + " start java with --enable-native-access=ALL-UNNAMED");
    }

    @Test
    void firstCall_nativeAccessEnabled_works() throws Exception {
        String output = run("--illegal-native-access=deny", "--enable-native-access=ALL-UNNAMED");

        assertThat(output.strip()).matches("inode [0-9]+");
    }

    private static String run(String... options) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        builder.command().addAll(List.of(options));
        String classPath = location(FileDescriptor.class) + File.pathSeparator + location(Program.class);
        builder.command().addAll(List.of("-cp", classPath, Program.class.getName()));
        Process process = builder.redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    private static Path location(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
