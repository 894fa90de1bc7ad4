package dev.bailey.engine.simulation;

/** What the histories that were played had in them: without it they would show nothing. */
final class Tally {
    int histories;
    int requests;
    int refusals;
    int deaths;
    int starts;
    int powerLosses;
    int fullDisks;

    @Override
    public String toString() {
        return histories + " histories, " + requests + " requests, " + refusals + " refusals, " + deaths + " deaths, "
                + starts + " restarts, " + powerLosses + " power losses, " + fullDisks + " full disks";
    }
}
