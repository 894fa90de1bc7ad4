package dev.bailey.runtime;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The failures of steps that are all tried, whatever became of the ones before. */
final class Failures {
    private @Nullable Exception first;

    /** A step that may fail. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException, InterruptedException;
    }

    /** Takes a step and keeps its failure. */
    void attempt(Step step) {
        try {
            step.run();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            keep(interrupted);
        } catch (IOException | RuntimeException failure) {
            keep(failure);
        }
    }

    boolean none() {
        return first == null;
    }

    /** Throws when a step failed: the first failure with the others suppressed in it. */
    void rethrow(String what) throws IOException {
        if (first != null) {
            throw new IOException(what + ": " + first.getMessage(), first);
        }
    }

    private void keep(Exception failure) {
        if (first == null) {
            first = failure;
        } else {
            first.addSuppressed(failure);
        }
    }
}
