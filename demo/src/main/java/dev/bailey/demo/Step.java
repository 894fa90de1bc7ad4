package dev.bailey.demo;

import static java.util.Objects.requireNonNull;

/** One thing that happens in the story, in the order of the story. */
sealed interface Step {
    /**
     * A new chapter.
     *
     * @param title what it is called
     * @param text what the commands after it show
     */
    record Chapter(String title, String text) implements Step {
        public Chapter {
            requireNonNull(title, "title");
            requireNonNull(text, "text");
        }
    }

    /**
     * Something that the operator types; its output is shown.
     *
     * @param shown the line as it is typed
     * @param executed the line as the shell gets it: the same, but for what a person would wait for
     * @param program what has to be on the machine for it; it is left out where that is missing
     */
    record Typed(String shown, String executed, String program) implements Step {
        public Typed {
            requireNonNull(shown, "shown");
            requireNonNull(executed, "executed");
            requireNonNull(program, "program");
        }
    }

    /**
     * Something that happens to the host from outside, without a command.
     *
     * @param told what happens, in one sentence
     * @param event what makes it happen
     */
    record Happens(String told, Event event) implements Step {
        public Happens {
            requireNonNull(told, "told");
            requireNonNull(event, "event");
        }
    }

    /** What makes something happen. */
    @FunctionalInterface
    interface Event {
        /** Makes it happen on this stage and returns what is seen of it from outside, empty for nothing. */
        String on(Stage stage);
    }
}
