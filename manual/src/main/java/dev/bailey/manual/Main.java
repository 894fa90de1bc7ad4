package dev.bailey.manual;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/** The program that the build runs: writes every page, packed as man(1) takes it, and the completion into a folder. */
public final class Main {
    private Main() {}

    /** Writes into the folder that is the only argument; same input, same bytes. */
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]));
    }

    static void write(Path folder) throws IOException {
        for (Map.Entry<String, String> page : pages().entrySet()) {
            Path file = folder.resolve(
                            "man" + page.getKey().substring(page.getKey().lastIndexOf('.') + 1))
                    .resolve(page.getKey() + ".gz");
            Files.createDirectories(file.getParent());
            try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(file))) {
                packed.write(page.getValue().getBytes(UTF_8));
            }
        }
        Path completion = Files.createDirectories(folder.resolve("completions")).resolve("bailey");
        Files.writeString(completion, BashCompletion.script(ManualVerb.all(), DaemonOption.all()));
    }

    /** The pages by their file names, as {@code bailey.1}. */
    static Map<String, String> pages() {
        Map<String, String> pages = new TreeMap<>();
        pages.put("bailey.1", ClientPage.text(ManualVerb.all()));
        pages.put("bailey-daemon.8", DaemonPage.text(DaemonOption.all()));
        pages.put("bailey-daemon.json.5", SettingsPage.text(DaemonOption.all()));
        return pages;
    }
}
