package dev.bailey.demo;

import dev.bailey.demo.Step.Chapter;
import dev.bailey.demo.Step.Happens;
import dev.bailey.demo.Step.Typed;
import dev.bailey.lab.CommandResult;
import java.io.PrintStream;

/** Runs the steps of the story and prints each as it happens, with what it printed itself. */
final class Teller {
    private static final String FENCE = "```";

    private final Stage stage;
    private final Style style;
    private final PrintStream out;
    private boolean inFence;
    private int chapter;

    Teller(Stage stage, Style style, PrintStream out) {
        this.stage = stage;
        this.style = style;
        this.out = out;
    }

    /**
     * Tells the story.
     *
     * @return how many of its commands failed
     */
    int tell(Iterable<Step> steps) {
        int failures = 0;
        for (Step step : steps) {
            switch (step) {
                case Chapter begun -> begin(begun);
                case Typed typed -> failures += type(typed) ? 0 : 1;
                case Happens happening -> happen(happening);
            }
            out.flush();
        }
        endFence();
        return failures;
    }

    private void begin(Chapter begun) {
        endFence();
        String title = ++chapter + ". " + begun.title();
        if (style != Style.MARKDOWN) {
            out.println();
        }
        out.println(style == Style.MARKDOWN ? "## " + title : style.title(title));
        out.println();
        out.println(wrapped(begun.text()));
        out.println();
    }

    private boolean type(Typed typed) {
        if (!typed.program().isEmpty() && !Stage.isInstalled(typed.program())) {
            remark("(" + typed.program() + " is not installed here: left out '" + typed.shown() + "')");
            return true;
        }
        beginFence();
        out.println(style.command("# " + typed.shown()));
        out.flush();
        CommandResult result = stage.run(typed.executed());
        out.print(result.output());
        if (!result.succeeded()) {
            out.println(style.remark("(exit code " + result.exitCode() + ")"));
        }
        return result.succeeded();
    }

    private void happen(Happens happening) {
        remark(happening.told());
        String seen = happening.event().on(stage);
        if (!seen.isEmpty()) {
            beginFence();
            out.print(seen);
            endFence();
        }
    }

    private void remark(String text) {
        endFence();
        out.println(style.remark(wrapped(text)));
        if (style == Style.MARKDOWN) {
            out.println();
        }
    }

    private void beginFence() {
        if (style == Style.MARKDOWN && !inFence) {
            out.println(FENCE);
            inFence = true;
        }
    }

    private void endFence() {
        if (inFence) {
            out.println(FENCE);
            out.println();
            inFence = false;
        }
    }

    /** Text in lines of at most 112 characters, as the documents have them. */
    static String wrapped(String text) {
        StringBuilder lines = new StringBuilder();
        int length = 0;
        for (String word : text.split("\\s+")) {
            if (length > 0 && length + 1 + word.length() > 112) {
                lines.append('\n');
                length = 0;
            }
            lines.append(length > 0 ? " " : "").append(word);
            length += word.length() + (length > 0 ? 1 : 0);
        }
        return lines.toString();
    }
}
