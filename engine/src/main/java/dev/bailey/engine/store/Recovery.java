package dev.bailey.engine.store;

import dev.bailey.engine.store.Disk.DiskFile;
import dev.bailey.engine.store.JournalReader.Ending;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * What was made of the journal that an earlier process left, whatever state that is in.
 *
 * @param state what the journal amounts to
 * @param warning what was wrong with it, in one line for the operator
 */
record Recovery(LiveState state, Optional<String> warning) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /**
     * Reads the journal. A torn end is dropped; a damaged journal is copied aside. The journal itself is not touched: the
     * caller puts a new one in its place.
     *
     * @throws StoreException when a newer version wrote it
     */
    static Recovery of(Disk disk, InstantSource clock) throws IOException {
        Optional<byte[]> bytes = disk.read(JournalFile.NAME);
        if (bytes.isEmpty()) {
            return new Recovery(new LiveState(), Optional.empty());
        }
        Path journal = disk.path(JournalFile.NAME);
        JournalReader reader = read(journal, bytes.get());
        Optional<String> warning = switch (reader.finish()) {
            case Ending.Complete complete -> Optional.empty();
            case Ending.Torn torn ->
                Optional.of(journal + " ends in an incomplete record (line " + torn.line() + ", byte " + torn.offset()
                        + "), as a crash leaves it: the record is dropped");
            case Ending.Damaged damaged ->
                Optional.of(journal + " is damaged at line " + damaged.line()
                        + " (byte " + damaged.offset() + "): set aside as "
                        + setAside(disk, bytes.get(), clock) + ", and " + damaged.used() + " of its "
                        + damaged.lines() + " records used");
        };
        return new Recovery(reader.state(), warning);
    }

    private static JournalReader read(Path journal, byte[] bytes) {
        try {
            return JournalReader.read(bytes);
        } catch (JournalReader.UnknownFormatException e) {
            throw new StoreException(
                    StoreException.Reason.NEWER_VERSION,
                    journal + " has format " + e.format() + " and this version reads format " + JournalText.FORMAT
                            + ": a newer version wrote it; start that one, or move the file away to begin without"
                            + " state",
                    e);
        }
    }

    private static Path setAside(Disk disk, byte[] bytes, InstantSource clock) throws IOException {
        String first = JournalFile.NAME + ".broken-" + TIME.format(clock.instant());
        String name = first;
        for (int i = 2; disk.read(name).isPresent(); i++) {
            name = first + "-" + i;
        }
        try (DiskFile file = disk.create(name)) {
            file.writeAll(0, bytes);
            file.sync();
        }
        disk.syncNames();
        return disk.path(name);
    }
}
