package dev.bailey.bench.contender;

import dev.bailey.bench.site.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The smallest image that a container can sleep in: this machine's {@code sleep} and the libraries it needs. */
final class DockerImage {
    private static final String PROGRAM = "/bin/sleep";
    private static final Pattern LIBRARY = Pattern.compile("(?m)(?:=> |^\\s*)(/\\S+) \\(");

    private DockerImage() {}

    /** Makes the archive of the image's root and returns its bytes. */
    static byte[] archive(Path file) throws IOException {
        Path list = file.resolveSibling("image.libraries");
        Child.run(list, List.of("ldd", PROGRAM));
        List<String> command =
                new ArrayList<>(List.of("tar", "--create", "--dereference", "--file=" + file, "--directory=/"));
        command.add(PROGRAM.substring(1));
        libraries(Files.readString(list)).forEach(library -> command.add(library.substring(1)));
        Child.run(file.resolveSibling("image.log"), command);
        return Files.readAllBytes(file);
    }

    /** Returns the absolute paths in what ldd(1) printed. */
    static List<String> libraries(String listing) {
        return LIBRARY.matcher(listing).results().map(found -> found.group(1)).toList();
    }
}
