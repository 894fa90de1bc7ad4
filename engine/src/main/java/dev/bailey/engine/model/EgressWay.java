package dev.bailey.engine.model;

import java.util.Objects;

/** Which way out of the host packets take, in the place of the one that its routes give to everybody. */
public sealed interface EgressWay {
    /**
     * By an uplink, with the default route that it has; while it has none, packets leave as everybody's do.
     *
     * @param link the link's name; need not be there
     */
    record Uplink(InterfaceName link) implements EgressWay {
        /** Checks that there is a name. */
        public Uplink {
            Objects.requireNonNull(link, "link");
        }

        @Override
        public String toString() {
            return UPLINK + link;
        }
    }

    /**
     * As a routing table of the operator's says; where that has no route, packets leave as everybody's do.
     *
     * @param number the table's number, 1 to 2147483647, without those that every host has
     */
    record Table(int number) implements EgressWay {
        private static final int DEFAULT = 253;
        private static final int LOCAL = 255;

        /** Checks the number. */
        public Table {
            if (number < 1 || number >= DEFAULT && number <= LOCAL) {
                throw new IllegalArgumentException("table " + number
                        + " cannot be one to leave by: name one of your own by its number, like 100; 253 to 255 are the"
                        + " host's");
            }
        }

        @Override
        public String toString() {
            return TABLE + number;
        }
    }

    /** What the text of an uplink begins with. */
    String UPLINK = "uplink=";

    /** What the text of a table begins with. */
    String TABLE = "table=";

    /**
     * Reads what {@code toString} gives.
     *
     * @throws IllegalArgumentException naming the input and what would be right
     */
    static EgressWay parse(String text) {
        if (text.startsWith(UPLINK)) {
            return new Uplink(new InterfaceName(text.substring(UPLINK.length())));
        }
        if (text.startsWith(TABLE)) {
            return table(text.substring(TABLE.length()));
        }
        throw Text.bad(text, "is no way out: write uplink=NAME or table=NUMBER");
    }

    /**
     * Reads the number of a table.
     *
     * @throws IllegalArgumentException naming the input and what would be right
     */
    static Table table(String text) {
        if (!text.matches("[0-9]{1,9}")) {
            throw Text.bad(text, "is no routing table: write its number, like 100");
        }
        return new Table(Integer.parseInt(text));
    }
}
