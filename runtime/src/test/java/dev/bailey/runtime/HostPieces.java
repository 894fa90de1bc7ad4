package dev.bailey.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A small root file system made of this host's own programs, so that no test downloads anything. */
public final class HostPieces {
    private static final List<String> PROGRAMS = List.of(
            "sh",
            "cat",
            "ls",
            "sleep",
            "id",
            "env",
            "hostname",
            "stty",
            "tty",
            "touch",
            "wc",
            "head",
            "rm",
            "grep",
            "dd");
    private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");

    private HostPieces() {}

    /** Fills a folder with a shell, some programs, their libraries, and a user database. */
    public static Path fill(Path root) throws IOException, InterruptedException {
        Files.createDirectories(root.resolve("bin"));
        Files.createDirectories(root.resolve("etc"));
        Files.createDirectories(root.resolve("tmp"));
        for (String program : PROGRAMS) {
            copy(find(program), root.resolve("bin").resolve(program), root);
        }
        Files.writeString(
                root.resolve("etc/passwd"), "root:x:0:0::/root:/bin/sh\nalice:x:1000:1001::/var/alice:/bin/sh\n");
        Files.writeString(root.resolve("etc/group"), "root:x:0:\nalice:x:1001:\nstaff:x:50:alice\n");
        return root;
    }

    private static Path find(String program) throws IOException {
        return Stream.of("/bin", "/usr/bin")
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException("this host lacks " + program))
                .toRealPath();
    }

    private static void copy(Path program, Path target, Path root) throws IOException, InterruptedException {
        Files.copy(program, target, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
        Process ldd = new ProcessBuilder("ldd", program.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        ldd.waitFor();
        Matcher library = LIBRARY.matcher(output);
        while (library.find()) {
            Path source = Path.of(library.group(1));
            Path copy = root.resolve(source.toString().substring(1));
            Files.createDirectories(copy.getParent());
            Files.copy(source.toRealPath(), copy, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
