package dev.bailey.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The store on the machine's own file system. */
class StateStoreTest {
    private static final List<StateRecord> RECORDS = Script.records();
    private static final List<RecoveredState> STATES = Script.statesAfterEach(RECORDS);

    @TempDir
    private Path temporary;

    @Test
    void open_again_findsWhatWasAppended() throws IOException {
        Path root = temporary.resolve("a/b");
        for (int i = 0; i < RECORDS.size(); i++) {
            try (StateStore store = StateStore.open(root)) {
                assertThat(store.recovered()).isEqualTo(STATES.get(i));
                Commit commit = store.append(RECORDS.get(i));
                if (i % 2 == 0) {
                    commit.awaitDurable();
                }
            }
        }
        assertThat(Files.getPosixFilePermissions(root.resolve("state")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(files(root)).containsExactly("journal", "lock");
    }

    @Test
    void append_manyRecords_keepsTheJournalSmall() throws IOException {
        try (StateStore store = StateStore.open(temporary)) {
            Commit last = store.append(RECORDS.getFirst());
            for (int i = 0; i < 60_000; i++) {
                last = store.append(new StateRecord.HostSettingRemembered("counter", Integer.toString(i)));
            }
            last.awaitDurable();
        }
        assertThat(Files.size(temporary.resolve("state/journal"))).isLessThan(3 << 20);
        try (StateStore store = StateStore.open(temporary)) {
            assertThat(store.recovered().hostSettings()).containsEntry("counter", "59999");
        }
        assertThat(files(temporary)).containsExactly("journal", "lock");
    }

    @Test
    void open_secondInThisProcess_namesTheHolder() {
        try (StateStore store = StateStore.open(temporary)) {
            assertLocked(temporary, ProcessHandle.current().pid());
            store.append(RECORDS.getFirst()).awaitDurable();
            assertLocked(temporary, ProcessHandle.current().pid());
        }
        StateStore.open(temporary).close();
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void open_heldByAnotherProcess_namesIt() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin/java");
        Process holder = new ProcessBuilder(
                        java.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        temporary.toString())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(holder.inputReader().lines().filter("open"::equals).findFirst())
                    .isPresent();
            assertLocked(temporary, holder.pid());
        } finally {
            holder.destroyForcibly();
            assertThat(holder.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        try (StateStore store = StateStore.open(temporary)) {
            assertThat(store.recovered()).as("killed without closing").isEqualTo(STATES.get(1));
        }
    }

    /** The other process: opens the store, appends, says so and waits to be killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws IOException {
            StateStore.open(Path.of(args[0])).append(RECORDS.getFirst());
            System.out.println("open");
            System.in.read();
        }
    }

    private static void assertLocked(Path root, long pid) {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> StateStore.open(root))
                .withMessage("process " + pid + " already runs on " + root
                        + ": stop it, or choose another folder with --data-root")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.LOCKED));
    }

    @Test
    void open_damagedJournal_setsItAsideAndStarts() throws IOException {
        try (StateStore store = StateStore.open(temporary)) {
            RECORDS.forEach(store::append);
        }
        StateStore.open(temporary).close();
        Path journal = temporary.resolve("state/journal");
        Files.write(journal, new byte[] {'X'}, StandardOpenOption.WRITE);
        byte[] broken = Files.readAllBytes(journal);
        try (StateStore store = StateStore.open(temporary)) {
            assertThat(store.recovered()).isEqualTo(STATES.getLast());
        }
        List<String> aside = files(temporary).stream()
                .filter(name -> name.startsWith("journal.broken-"))
                .toList();
        assertThat(aside).hasSize(1);
        assertThat(temporary.resolve("state").resolve(aside.getFirst())).hasBinaryContent(broken);
    }

    @Test
    void open_newerFormat_refusesAndGivesTheLockFree() throws IOException {
        Path journal = temporary.resolve("state/journal");
        Files.createDirectories(journal.getParent());
        Files.writeString(journal, "bailey-state 7 from the future\n");
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> StateStore.open(temporary))
                    .withMessageStartingWith(journal + " has format 7 and this version reads format 6")
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.NEWER_VERSION));
        }
        assertThat(journal).hasContent("bailey-state 7 from the future\n");
    }

    @Test
    void open_folderThatCannotBe_saysWhich() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "");
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> StateStore.open(file))
                .withMessageStartingWith("cannot use " + file.resolve("state") + " for state: ")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.DISK));
    }

    private static List<String> files(Path root) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("state"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
