package dev.bailey.engine.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What becomes of the next things that an engine asks of kernel and disk: some are refused, and at one the process may
 * die, before it happens or after. Both count on together, so a death may come between any two of them.
 */
public final class Fate {
    /** The death of the process in the middle of something: nothing catches it on purpose. */
    public static final class Death extends Error {
        private static final long serialVersionUID = 1L;

        Death(String where) {
            super(where, null, false, false);
        }
    }

    private static final int NEVER = -1;

    private final List<String> met = new ArrayList<>();
    private Set<Integer> refusals = Set.of();
    private int death = NEVER;
    private boolean afterwards;
    private int next;
    private boolean dead;
    private int refused;

    /** From now on nothing is refused and nobody dies. */
    public void kind() {
        plan(Set.of(), NEVER, false);
    }

    /**
     * Decides over what is asked from now on, counted from 0.
     *
     * @param refusedOnes those to refuse
     * @param deadly the one to die at, -1 for none
     * @param after whether that one has happened when the process dies
     */
    public void plan(Set<Integer> refusedOnes, int deadly, boolean after) {
        refusals = Set.copyOf(refusedOnes);
        death = deadly;
        afterwards = after;
        next = 0;
        refused = 0;
        met.clear();
    }

    /** To be asked before something is done; says whether it is refused. */
    public boolean refuses(Object operation) {
        checkAlive();
        int number = next++;
        if (number == death && !afterwards) {
            die("before " + operation);
        }
        if (refusals.contains(number)) {
            refused++;
            met.add("refused: " + operation);
            return true;
        }
        return false;
    }

    /** To be told after something was done. */
    public void done(Object operation) {
        if (next - 1 == death && afterwards) {
            die("after " + operation);
        }
    }

    private void die(String where) {
        dead = true;
        met.add("the process dies " + where);
        throw new Death(where);
    }

    /** The process is killed while nothing is under way. */
    void kill() {
        dead = true;
    }

    /** Throws when the process is dead: it can ask for nothing any more. */
    public void checkAlive() {
        if (dead) {
            throw new Death("dead already");
        }
    }

    /** Whether the process is dead. */
    boolean isDead() {
        return dead;
    }

    /** Makes ready for the next process. */
    void revive() {
        dead = false;
        kind();
    }

    /** How many things were refused since the last plan was made. */
    int refused() {
        return refused;
    }

    /** What was met since the last plan was made, for people. */
    List<String> met() {
        return List.copyOf(met);
    }
}
