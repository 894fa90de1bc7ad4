package dev.bailey.netlink.nftables;

import java.util.List;

/** What a {@link NftablesMonitor} has seen. */
public sealed interface NftablesEvent {
    /**
     * Somebody committed a batch.
     *
     * @param generation the rule set's number after it, and the process that committed
     * @param portId the netlink port of the socket that committed: compare {@link NftablesConnection#portId()}
     * @param changes what the batch changed, in order
     */
    record Committed(Generation generation, int portId, List<Change> changes) implements NftablesEvent {
        /** Copies the changes. */
        public Committed {
            changes = List.copyOf(changes);
        }
    }

    /** The kernel dropped events since this listener was too slow: what is remembered must be read anew. */
    record Overflow() implements NftablesEvent {}

    /** One change of a batch. */
    sealed interface Change {
        /** The table that was changed. */
        TableId table();

        /** A table was added or changed. */
        record TableAdded(InstalledTable installed) implements Change {
            @Override
            public TableId table() {
                return installed.table().id();
            }
        }

        /** A table is gone. */
        record TableRemoved(TableId table) implements Change {}

        /** A chain was added or changed. */
        record ChainAdded(Chain chain) implements Change {
            @Override
            public TableId table() {
                return chain.table();
            }
        }

        /** A chain is gone. */
        record ChainRemoved(TableId table, String chain) implements Change {}

        /** A rule was added. */
        record RuleAdded(InstalledRule installed) implements Change {
            @Override
            public TableId table() {
                return installed.rule().table();
            }
        }

        /** A rule is gone. */
        record RuleRemoved(TableId table, String chain, long handle) implements Change {}

        /** A set or map was added. */
        record SetAdded(SetOrMap set) implements Change {
            @Override
            public TableId table() {
                return set.table();
            }
        }

        /** A set or map is gone. */
        record SetRemoved(TableId table, String set) implements Change {}

        /**
         * An element was added; of a range outside of a concatenation the first key alone is told.
         */
        record ElementAdded(TableId table, String set, Element element) implements Change {}

        /** An element is gone; of a range outside of a concatenation the first key alone is told. */
        record ElementRemoved(TableId table, String set, Element element) implements Change {}
    }
}
