package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text that tests expect word by word, in files beside their classes; -Dgolden.update=true writes them anew. */
public final class Golden {
    private Golden() {}

    /** Compares with the file of that name among the resources of the test's package. */
    public static void check(Class<?> test, String file, String actual) throws IOException {
        Path path = Path.of("src/test/resources", test.getPackageName().replace('.', '/'), file);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(path.getParent());
            Files.writeString(path, actual);
        }
        assertThat(actual)
                .as("%s, read the difference, then update with -Dgolden.update=true", file)
                .isEqualTo(Files.readString(path));
    }
}
