package dev.bailey.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** House rules that no compiler and no formatter knows. */
final class TidyTest {
    private static final int FILE_LINES = 500;
    private static final int METHOD_LINES = 60;

    /** Words that mark unfinished work, written so that this file does not contain them. */
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

    private static final Pattern COMMENTED_OUT = Pattern.compile("\\s*//.*[;{}]\\s*");
    private static final Pattern MACHINE_PATH = Pattern.compile("(?<![\\w.])/wo" + "rk/");
    private static final Pattern DOCUMENTED =
            Pattern.compile("public (?!static void main).*(class|record|interface|enum) .*");

    private static List<String> lines(Predicate<String> bad) {
        return Repository.javaFiles(true).stream()
                .flatMap(file -> file.lines().stream().filter(bad).map(line -> file.path() + ": " + line.strip()))
                .toList();
    }

    @Test
    void javaFiles_ofThisRepository_areFound() {
        assertThat(Repository.javaFiles(true)).hasSizeGreaterThan(100);
        assertThat(Repository.javaFiles(true)).flatExtracting(JavaFile::methods).hasSizeGreaterThan(500);
    }

    @Test
    void files_anywhere_areShort() {
        assertThat(Repository.javaFiles(true))
                .filteredOn(file -> file.lines().size() > FILE_LINES)
                .extracting(JavaFile::path)
                .isEmpty();
    }

    @Test
    void methods_anywhere_areShort() {
        assertThat(Repository.javaFiles(true))
                .flatExtracting(JavaFile::methods)
                .filteredOn(method -> method.lines() > METHOD_LINES)
                .isEmpty();
    }

    @Test
    void imports_anywhere_nameOneThing() {
        assertThat(Repository.javaFiles(true))
                .filteredOn(file -> file.imports().stream().anyMatch(name -> name.endsWith(".*")))
                .extracting(JavaFile::path)
                .isEmpty();
    }

    @Test
    void code_anywhere_isFinished() {
        assertThat(lines(line -> UNFINISHED.matcher(line).find())).isEmpty();
        assertThat(lines(line -> COMMENTED_OUT.matcher(line).matches())).isEmpty();
    }

    @Test
    void packages_ofTheProduct_areDescribedAndNullMarked() {
        Set<String> described = new TreeSet<>();
        Set<String> packages = new TreeSet<>();
        for (JavaFile file : Repository.javaFiles(false)) {
            if (file.isPackageInfo()) {
                String text = String.join("\n", file.lines());
                assertThat(text).as(file.path()).startsWith("/**").contains("@NullMarked\npackage ");
                described.add(file.packageName());
            } else if (!file.isModuleInfo()) {
                packages.add(file.packageName());
            }
        }
        assertThat(described).containsAll(packages);
    }

    @Test
    void publicTypes_ofTheProduct_areDocumented() {
        assertThat(Repository.javaFiles(false))
                .filteredOn(file -> file.lines().stream()
                        .anyMatch(line -> DOCUMENTED.matcher(line).matches()))
                .filteredOn(file -> file.lines().stream().noneMatch(line -> line.startsWith("/**")))
                .extracting(JavaFile::path)
                .isEmpty();
    }

    @Test
    void texts_anywhere_knowNoMachine() throws IOException {
        Path root = Repository.root();
        try (Stream<Path> files = Files.walk(root)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(root::relativize)
                            .filter(file -> file.toString()
                                    .matches(".*\\.(java|md|xml|sh|json)|bailey|\\.ci/run|.*/test-tools"))
                            .filter(file -> !file.toString().matches("(.*/)?target/.*|\\.git/.*"))
                            .filter(file -> MACHINE_PATH
                                    .matcher(Repository.text(file.toString()))
                                    .find()))
                    .isEmpty();
        }
    }
}
