package dev.bailey.bench.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder with Debian's newest and the peers in it, made by a script.
 *
 * @param folder the root of the tree
 * @param script what makes it
 */
public record PeerTree(Path folder, Path script) {
    private static final String MARK = ".bailey-bench-complete";

    /** Returns whether it was made whole. */
    public boolean isComplete() {
        return Files.exists(folder.resolve(MARK));
    }

    /**
     * Makes it; what it says goes to this process's error output.
     *
     * @return an empty text, or a sentence that says why there is none
     */
    public String build() throws IOException {
        // In a mount namespace of its own: what the making mounts goes with it.
        Process process = new ProcessBuilder("unshare", "--mount", "sh", script.toString(), folder.toString())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (process.waitFor() == 0) {
                Files.createFile(folder.resolve(MARK));
                return "";
            }
        } catch (InterruptedException interrupted) {
            process.destroy();
            throw Interruption.during("making the tree of the peers", interrupted);
        }
        return "A tree of Debian sid could not be made here, see above what was said; so the peers are this machine's.";
    }
}
