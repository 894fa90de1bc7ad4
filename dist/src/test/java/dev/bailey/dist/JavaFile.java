package dev.bailey.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Java source file, as far as its lines tell without parsing: the formatter makes that reliable.
 *
 * @param path the path from the root of the checkout
 * @param lines its lines
 */
record JavaFile(String path, List<String> lines) {
    private static final Pattern IMPORT = Pattern.compile("import (?:static )?([\\w.]+?)(\\.\\*)?;");
    private static final Pattern SPELT_OUT =
            Pattern.compile("\\b(?:dev\\.bailey|java\\.lang\\.foreign)(?:\\.[a-z]\\w*)*\\.[A-Z]\\w*");
    private static final Pattern METHOD_START = Pattern.compile(
            "(    |        )(?![ }@*/]|return |else |case |if |for |while |try |switch |new ).*[^=>]*\\{");

    private static final Pattern TYPE = Pattern.compile("\\b(class|record|interface|enum) \\w");

    static JavaFile read(Path file) {
        try {
            return new JavaFile(Repository.root().relativize(file).toString(), Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A method or constructor, with the number of its lines. */
    record Method(String name, int lines) {}

    boolean isPackageInfo() {
        return path.endsWith("/package-info.java");
    }

    boolean isModuleInfo() {
        return path.endsWith("/module-info.java");
    }

    /** Returns the package, empty for a module descriptor. */
    String packageName() {
        return lines.stream()
                .filter(line -> line.startsWith("package "))
                .map(line -> line.substring("package ".length(), line.indexOf(';')))
                .findFirst()
                .orElse("");
    }

    /** Returns what is imported, each as it is written between {@code import} and its semicolon. */
    List<String> imports() {
        List<String> imports = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = IMPORT.matcher(line);
            if (matcher.matches()) {
                imports.add(matcher.group(1) + (matcher.group(2) == null ? "" : ".*"));
            }
        }
        return imports;
    }

    /** Returns the names with their packages that code uses without an import, for want of a second short name. */
    List<String> speltOut() {
        return lines.stream()
                .filter(line -> line.startsWith(" ")
                        && !line.strip().startsWith("*")
                        && !line.strip().startsWith("//"))
                .flatMap(line -> SPELT_OUT.matcher(line).results())
                .map(MatchResult::group)
                .toList();
    }

    /** Returns the members of one or two levels of nesting that have a body of several lines. */
    List<Method> methods() {
        List<Method> methods = new ArrayList<>();
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at);
            if (METHOD_START.matcher(line).matches()
                    && line.contains("(")
                    && !TYPE.matcher(line).find()) {
                String indent =
                        line.substring(0, line.length() - line.stripLeading().length());
                int end = at + 1;
                while (end < lines.size() && !lines.get(end).startsWith(indent + "}")) {
                    end++;
                }
                methods.add(new Method(path + ":" + (at + 1), end - at + 1));
            }
        }
        return methods;
    }
}
