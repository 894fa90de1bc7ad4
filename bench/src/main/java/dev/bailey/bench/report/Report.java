package dev.bailey.bench.report;

import dev.bailey.bench.contender.Bailey;
import dev.bailey.bench.contender.IptablesBailey;
import dev.bailey.bench.contender.IptablesRestore;
import dev.bailey.bench.contender.KernelFloor;
import dev.bailey.bench.contender.Publisher;
import dev.bailey.bench.measure.Quantity;
import dev.bailey.bench.measure.Results;
import dev.bailey.bench.measure.Summary;
import dev.bailey.bench.run.Course;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A run in Markdown: Bailey against its targets, then all side by side, then what there is to know.
 *
 * @param results what was measured
 * @param contenders the names of all, in the order of the columns
 * @param populations the stages of the run
 * @param windowPopulation the stage that had several clients at once
 * @param environment where and when
 */
public record Report(
        Results results,
        List<String> contenders,
        List<Integer> populations,
        int windowPopulation,
        Environment environment) {
    private static final String NOTHING = "-";

    /** Returns the text. */
    public String render() {
        StringBuilder text = new StringBuilder(environment.text())
                .append(". Median [p10..p90] n.\n\n")
                .append(targets().render())
                .append('\n')
                .append(sideBySide().render());
        if (!results.notes().isEmpty()) {
            text.append('\n');
            results.notes().forEach(note -> text.append("- ").append(note).append('\n'));
        }
        return text.toString();
    }

    private MarkdownTable targets() {
        MarkdownTable table = new MarkdownTable("Bailey", "there", "measured", "target", "");
        if (hasEndpoints()) {
            endpointTargets(table);
        }
        for (int population : publishers()) {
            more(table, Quantity.ATTACH_WITH_PORTS, population, Target.PORTS_MORE);
            more(table, Quantity.ATTACH_WITH_RANGE, population, Target.RANGE_MORE);
        }
        return table;
    }

    private boolean hasEndpoints() {
        return results.summaries().keySet().stream().anyMatch(key -> key.quantity() == Quantity.ATTACH);
    }

    private void endpointTargets(MarkdownTable table) {
        for (int population : populations) {
            compare(table, population, Bailey.NAME, KernelFloor.NAME);
            if (contenders.contains(IptablesBailey.NAME)) {
                compare(table, population, IptablesBailey.NAME, IptablesRestore.NAME);
            }
        }
        for (Target target : Target.of(populations, windowPopulation)) {
            for (int population : target.populations()) {
                Optional<Summary> measured = results.summary(Bailey.NAME, target.quantity(), population);
                table.row(
                        label(target.quantity()),
                        text(population),
                        text(measured),
                        target.text(),
                        measured.map(summary -> verdict(target.isMetBy(summary.median())))
                                .orElse(NOTHING));
            }
        }
    }

    private static List<Integer> publishers() {
        return Course.PUBLISHER_POPULATIONS.stream()
                .map(containers -> containers * Publisher.PORTS)
                .toList();
    }

    /** What an attach with ports takes more than one without. */
    private void more(MarkdownTable table, Quantity quantity, int population, int limit) {
        Optional<Summary> with = results.summary(Bailey.NAME, quantity, population);
        Optional<Summary> without = results.summary(Bailey.NAME, Quantity.ATTACH_WITHOUT_PORTS, population);
        String target = "at most " + limit + " ms more than without";
        if (with.isPresent() && without.isPresent()) {
            double more = with.get().median() - without.get().median();
            String measured = String.format(Locale.ROOT, "%.2f more", more);
            table.row(label(quantity), population + " ports", measured, target, verdict(more <= limit));
        }
    }

    /** Sets the attach of one beside the least that it could take. */
    private void compare(MarkdownTable table, int population, String who, String least) {
        Optional<Summary> attach = results.summary(who, Quantity.ATTACH, population);
        Optional<Summary> floor = results.summary(least, Quantity.ATTACH, population);
        String what = who.equals(Bailey.NAME) ? "attach, ms" : "attach (" + who + "), ms";
        table.row(what, text(population), text(attach), "", "");
        table.row(least + ", ms", text(population), text(floor), "", "");
        ratio(table, population, attach, floor);
    }

    private static void ratio(MarkdownTable table, int population, Optional<Summary> attach, Optional<Summary> floor) {
        String target = "at most " + (int) Target.FLOOR_RATIO;
        if (attach.isEmpty() || floor.isEmpty()) {
            table.row("ratio of the medians", text(population), NOTHING, target, NOTHING);
            return;
        }
        double ratio = attach.get().median() / floor.get().median();
        String measured = String.format(Locale.ROOT, "%.2f", ratio);
        table.row("ratio of the medians", text(population), measured, target, verdict(ratio <= Target.FLOOR_RATIO));
    }

    private MarkdownTable sideBySide() {
        List<String> header = new ArrayList<>(List.of("", "there"));
        header.addAll(contenders);
        MarkdownTable table = new MarkdownTable(header.toArray(String[]::new));
        if (hasEndpoints()) {
            endpoints(table);
        }
        for (Quantity quantity : List.of(
                Quantity.ATTACH_WITHOUT_PORTS,
                Quantity.ATTACH_WITH_PORTS,
                Quantity.ATTACH_WITH_RANGE,
                Quantity.DETACH_WITH_PORTS)) {
            publishers().stream()
                    .filter(ports ->
                            results.summary(Bailey.NAME, quantity, ports).isPresent())
                    .forEach(ports -> row(table, quantity, ports));
        }
        return table;
    }

    private void endpoints(MarkdownTable table) {
        for (Quantity quantity : List.of(Quantity.ATTACH, Quantity.DETACH)) {
            populations.forEach(population -> row(table, quantity, population));
        }
        row(table, Quantity.PAIRS, windowPopulation);
        row(table, Quantity.READY, 0);
        row(table, Quantity.RESIDENT, 0);
        populations.forEach(population -> row(table, Quantity.RESIDENT, population));
        row(table, Quantity.LIST, 0);
        for (Quantity quantity : List.of(Quantity.NETWORK_CREATE, Quantity.NETWORK_REMOVE)) {
            Course.NETWORK_POPULATIONS.forEach(population -> row(table, quantity, population));
        }
    }

    private void row(MarkdownTable table, Quantity quantity, int population) {
        List<String> cells = new ArrayList<>(List.of(label(quantity), text(population)));
        contenders.forEach(contender -> cells.add(text(results.summary(contender, quantity, population))));
        table.row(cells.toArray(String[]::new));
    }

    private static String label(Quantity quantity) {
        return quantity.label() + ", " + quantity.unit();
    }

    private static String text(int population) {
        return String.valueOf(population);
    }

    private static String text(Optional<Summary> summary) {
        return summary.map(Summary::text).orElse(NOTHING);
    }

    private static String verdict(boolean met) {
        return met ? "met" : "missed";
    }
}
