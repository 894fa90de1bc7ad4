package dev.bailey.lab;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** The labs of this JVM that are not closed yet: they are closed when the JVM ends in order. */
final class OpenLabs {
    private static final Set<Lab> OPEN = ConcurrentHashMap.newKeySet();
    private static final AtomicBoolean PREPARED = new AtomicBoolean();

    private OpenLabs() {}

    /** Before the first lab of this JVM: tears down what killed JVMs have left, and sees to the end of this one. */
    static void prepareOnce() {
        if (PREPARED.compareAndSet(false, true)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(Lab::close), "lab-close"));
            LabDirectory.sweep();
        }
    }

    static void add(Lab lab) {
        OPEN.add(lab);
    }

    static void remove(Lab lab) {
        OPEN.remove(lab);
    }
}
