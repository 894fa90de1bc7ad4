package dev.bailey.engine.store;

import dev.bailey.engine.store.Disk.DiskFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * A journal open for writing. Behind its last line lie zeros, written ahead: syncing a line over them need not write the
 * file's size and block list as well. Not thread-safe, but {@link #sync} may run beside everything else.
 */
final class JournalFile implements AutoCloseable {
    /** The name of the journal in use. */
    static final String NAME = "journal";
    /** The name of one that is not complete yet. */
    static final String TEMPORARY_NAME = "journal.tmp";

    private final DiskFile file;
    private final int spareBytes;
    private long end;
    private long zeroedTo;
    private long lines;
    private long syncedLines;

    private JournalFile(DiskFile file, int spareBytes) {
        this.file = file;
        this.spareBytes = spareBytes;
    }

    /** A new file under the temporary name, with these records, all of them safe on the disk. */
    static JournalFile create(Disk disk, List<StateRecord> records, int spareBytes) throws IOException {
        DiskFile file = disk.create(TEMPORARY_NAME);
        try {
            JournalFile journal = new JournalFile(file, spareBytes);
            journal.writeFirst(records);
            return journal;
        } catch (IOException | RuntimeException e) {
            discardAfter(e, file, disk);
            throw e;
        }
    }

    private static void discardAfter(Exception failure, DiskFile file, Disk disk) {
        try {
            file.close();
            disk.delete(TEMPORARY_NAME);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private void writeFirst(List<StateRecord> records) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(JournalText.header(records.size()));
        for (StateRecord record : records) {
            bytes.writeBytes(JournalText.line(++lines, 0, RecordText.encode(record)));
        }
        file.writeAll(0, bytes.toByteArray());
        end = bytes.size();
        zeroedTo = end;
        prepareSpare();
        file.sync();
        syncedLines = lines;
    }

    /** Adds a line; after a failure the journal is as before, and the next line takes the place. */
    void append(String record) throws IOException {
        byte[] line = JournalText.line(lines + 1, syncedLines, record);
        file.writeAll(end, line);
        end += line.length;
        lines++;
    }

    /** Writes zeros ahead when fewer than half of the wanted ones are left. */
    void prepareSpare() throws IOException {
        if (zeroedTo - end < spareBytes / 2) {
            long from = Math.max(end, zeroedTo);
            file.writeAll(from, new byte[spareBytes]);
            zeroedTo = from + spareBytes;
        }
    }

    /** Returns once everything written before is safe on the disk. */
    void sync() throws IOException {
        file.sync();
    }

    /** Remembers that so many lines are safe on the disk. */
    void synced(long safeLines) {
        syncedLines = safeLines;
    }

    /** How many lines there are behind the first. */
    long lines() {
        return lines;
    }

    /** How many bytes there are before the zeros. */
    long size() {
        return end;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
