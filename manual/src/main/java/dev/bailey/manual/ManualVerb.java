package dev.bailey.manual;

import dev.bailey.cli.options.Option;
import dev.bailey.cli.verb.Verb;
import dev.bailey.cli.verb.Verbs;
import java.util.List;

/**
 * A verb of the client as its manual has it.
 *
 * @param name the word or words that call it
 * @param operands what may follow the name
 * @param summary what it does, in one line without a full stop
 * @param options what it knows
 */
record ManualVerb(String name, String operands, String summary, List<Option> options) {
    /** Copies the list. */
    ManualVerb {
        options = List.copyOf(options);
    }

    /** Returns all verbs in the order of help. */
    static List<ManualVerb> all() {
        return Verbs.NAMES.stream()
                .map(name -> of(Verbs.named(name).orElseThrow()))
                .toList();
    }

    private static ManualVerb of(Verb verb) {
        return new ManualVerb(
                verb.name(), verb.operands(), verb.summary(), verb.options().options());
    }

    /** Returns whether what follows the name says that this may be named. */
    boolean takes(String operand) {
        return operands.contains(operand);
    }
}
