package dev.bailey.cli.options;

/**
 * One option of a verb: a switch, or a name with a value.
 *
 * @param letter the short form, 0 when there is none
 * @param name the long form without its dashes
 * @param valueName what its value is called in help; empty for a switch
 * @param help one line for people
 */
public record Option(char letter, String name, String valueName, String help) {
    /** Returns an option that is on or off. */
    public static Option flag(char letter, String name, String help) {
        return new Option(letter, name, "", help);
    }

    /** Returns an option that is on or off and has no short form. */
    public static Option flag(String name, String help) {
        return new Option((char) 0, name, "", help);
    }

    /** Returns an option that takes a value. */
    public static Option value(char letter, String name, String valueName, String help) {
        return new Option(letter, name, valueName, help);
    }

    /** Returns an option that takes a value and has no short form. */
    public static Option value(String name, String valueName, String help) {
        return new Option((char) 0, name, valueName, help);
    }

    /** Tells whether the option needs a value. */
    public boolean takesValue() {
        return !valueName.isEmpty();
    }

    /** Returns the option as help shows it, {@code -e, --env NAME=VALUE}. */
    public String usage() {
        String forms = letter == 0 ? "    --" + name : "-" + letter + ", --" + name;
        return takesValue() ? forms + " " + valueName : forms;
    }
}
