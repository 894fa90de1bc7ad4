package dev.bailey.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkDetails;
import dev.bailey.engine.model.NetworkId;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.Subnet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Journals in every state of disrepair. */
class RecoveryTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-24T09:58:01Z"));
    private static final String ASIDE = "journal.broken-20261124T095801Z";
    private static final List<StateRecord> RECORDS = Script.records();
    private static final List<RecoveredState> STATES = Script.statesAfterEach(RECORDS);
    /** So many records were in the file when it got its name, so many were known to be safe by each later one. */
    private static final int FIRST = 5;

    private final SimulatedDisk disk = new SimulatedDisk(new Random(1));

    @Test
    void of_noJournal_isEmptyWithoutWarning() throws IOException {
        Recovery recovery = Recovery.of(disk, CLOCK);
        assertThat(recovery.state().records()).isEmpty();
        assertThat(recovery.warning()).isEmpty();
    }

    @Test
    void of_wholeJournalWithZerosBehind_isComplete() throws IOException {
        Recovery recovery = recover(Arrays.copyOf(journal(FIRST), 20_000));
        assertThat(recovery.warning()).isEmpty();
        assertThat(recovery.state().toRecovered()).isEqualTo(STATES.getLast());
    }

    /** The lines behind the first ones were never synced: whatever is left of them, it is a crash. */
    @Test
    void of_cutAtEveryByte_keepsEveryWholeRecord() throws IOException {
        byte[] journal = journal(FIRST);
        List<Integer> ends = lineEnds(journal);
        for (int cut = 0; cut < journal.length; cut++) {
            for (int zeros : new int[] {0, 100}) {
                SimulatedDisk fresh = new SimulatedDisk(new Random(1));
                fresh.put("journal", Arrays.copyOf(Arrays.copyOf(journal, cut), cut + zeros));
                Recovery recovery = Recovery.of(fresh, CLOCK);
                int length = cut;
                long whole =
                        Math.max(0, ends.stream().filter(end -> end <= length).count() - 1);
                assertThat(recovery.state().toRecovered()).as("cut at %d", cut).isEqualTo(STATES.get((int) whole));
                boolean damaged = whole < FIRST;
                assertThat(fresh.list().contains(ASIDE))
                        .as("cut at %d: set aside", cut)
                        .isEqualTo(damaged);
                assertThat(recovery.warning().isPresent())
                        .as("cut at %d: warning", cut)
                        .isEqualTo(damaged || !ends.contains(cut));
            }
        }
    }

    /** Where the format stands. */
    private static final int FORMAT_AT = "bailey-state ".length();
    /** The bit that makes the format's digit that of a later one. */
    private static final int LATER = 1;

    /** A change of any byte is seen, and whatever could still be used is what some of the records amount to. */
    @Test
    void of_anyByteChanged_isNoticed() throws IOException {
        byte[] journal = journal(FIRST);
        for (int i = 0; i < journal.length; i++) {
            byte[] changed = journal.clone();
            changed[i] ^= (byte) (i == FORMAT_AT ? LATER : 1);
            SimulatedDisk fresh = new SimulatedDisk(new Random(1));
            fresh.put("journal", changed);
            if (i == FORMAT_AT) {
                assertThatExceptionOfType(StoreException.class)
                        .isThrownBy(() -> Recovery.of(fresh, CLOCK))
                        .withMessageContaining("a newer version wrote it");
            } else {
                assertThat(Recovery.of(fresh, CLOCK).warning())
                        .as("byte %d changed", i)
                        .isPresent();
            }
        }
    }

    @Test
    void of_tornEnd_saysWhereAndDropsIt() throws IOException {
        byte[] journal = journal(FIRST);
        int start = lineEnds(journal).get(RECORDS.size() - 1);
        Recovery recovery = recover(Arrays.copyOf(journal, start + 10));
        assertThat(recovery.warning())
                .contains("/data/state/journal ends in an incomplete record (line " + (RECORDS.size() + 1) + ", byte "
                        + start + "), as a crash leaves it: the record is dropped");
        assertThat(disk.list()).containsExactly("journal");
    }

    @Test
    void of_safeLineDamaged_isSetAsideAndTheRestUsed() throws IOException {
        byte[] journal = journal(RECORDS.size());
        int line = RECORDS.indexOf(new StateRecord.HostSettingRemembered("empty", ""));
        int start = lineEnds(journal).get(line);
        journal[start + 20] ^= 1;
        Recovery recovery = recover(journal);
        assertThat(recovery.warning())
                .contains("/data/state/journal is damaged at line " + (line + 2) + " (byte " + start
                        + "): set aside as /data/state/" + ASIDE + ", and "
                        + (RECORDS.size() - 1) + " of its " + RECORDS.size() + " records used");
        assertThat(disk.read(ASIDE))
                .hasValueSatisfying(aside -> assertThat(aside).isEqualTo(journal));
        assertThat(recovery.state().toRecovered().hostSettings()).containsOnlyKeys("net.ipv4.ip_forward");
        assertThat(recovery.state().toRecovered().endpoints())
                .isEqualTo(STATES.getLast().endpoints());
    }

    /** A later line tells that the damaged one had been safe, though the first line does not. */
    @Test
    void of_syncedLineDamaged_isSetAside() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(JournalText.header(0));
        bytes.writeBytes(JournalText.line(1, 0, "host-setting a 1"));
        bytes.writeBytes(JournalText.line(2, 1, "host-setting b 2"));
        byte[] journal = bytes.toByteArray();
        journal[lineEnds(journal).getFirst()] ^= 1;
        assertThat(recover(journal).warning())
                .hasValueSatisfying(w -> assertThat(w).contains("is damaged at line 2"));
        assertThat(disk.list()).containsExactly("journal", ASIDE);
    }

    /** The disk wrote the later one of two lines that were never synced: the hole is from a loss of power. */
    @Test
    void of_unsyncedLineMissing_dropsWhatFollows() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(JournalText.header(0));
        bytes.writeBytes(JournalText.line(1, 0, "host-setting a 1"));
        int hole = bytes.size();
        bytes.writeBytes(JournalText.line(2, 1, "host-setting b 2"));
        int end = bytes.size();
        bytes.writeBytes(JournalText.line(3, 1, "host-setting c 3"));
        byte[] journal = bytes.toByteArray();
        Arrays.fill(journal, hole, end, (byte) 0);
        Recovery recovery = recover(journal);
        assertThat(recovery.warning()).hasValueSatisfying(w -> assertThat(w).contains("incomplete record (line 3"));
        assertThat(recovery.state().toRecovered().hostSettings()).containsOnlyKeys("a");
    }

    @Test
    void of_soundLineThatDoesNotFit_isDamage() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(JournalText.header(2));
        bytes.writeBytes(JournalText.line(1, 0, "attach-done " + "a".repeat(64)));
        bytes.writeBytes(JournalText.line(2, 0, "host-setting b 2"));
        Recovery recovery = recover(bytes.toByteArray());
        assertThat(recovery.warning()).hasValueSatisfying(w -> assertThat(w).contains("1 of its 2 records used"));
        assertThat(recovery.state().toRecovered().hostSettings()).containsOnlyKeys("b");
    }

    @Test
    void of_whatIsNoJournalAtAll_isSetAside() throws IOException {
        for (String content :
                new String[] {"", "{\"networks\":[]}", "\0\0\0\0", "bailey-state 0 0 00000000\n", "\n\n"}) {
            SimulatedDisk fresh = new SimulatedDisk(new Random(1));
            fresh.put("journal", content.getBytes(StandardCharsets.ISO_8859_1));
            Recovery recovery = Recovery.of(fresh, CLOCK);
            assertThat(recovery.warning())
                    .as(content)
                    .hasValueSatisfying(w -> assertThat(w).contains("damaged at line 1"));
            assertThat(recovery.state().records()).isEmpty();
            assertThat(fresh.list()).containsExactly("journal", ASIDE);
        }
    }

    @Test
    void of_damagedTwiceInOneSecond_keepsBoth() throws IOException {
        disk.put(ASIDE, new byte[] {1});
        disk.put(ASIDE + "-2", new byte[] {2});
        recover(new byte[] {3});
        assertThat(disk.list()).containsExactly("journal", ASIDE, ASIDE + "-2", ASIDE + "-3");
        assertThat(disk.read(ASIDE)).contains(new byte[] {1});
    }

    @Test
    void of_newerFormat_refusesAndLeavesItAlone() {
        for (String header :
                new String[] {"bailey-state 7 0 whatever\nxyz\n", "bailey-state 7", "bailey-state 17 {}\n"}) {
            SimulatedDisk fresh = new SimulatedDisk(new Random(1));
            fresh.put("journal", header.getBytes(StandardCharsets.ISO_8859_1));
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> Recovery.of(fresh, CLOCK))
                    .withMessageMatching(
                            "/data/state/journal has format (7|17) and this version reads format 6: a newer"
                                    + " version wrote it; start that one, or move the file away to begin without state")
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.NEWER_VERSION));
            assertThat(fresh.list()).containsExactly("journal");
        }
    }

    @Test
    void of_firstFormat_isRead() throws IOException {
        String network =
                "network-created " + "ab".repeat(32) + " bridge bailey0 172.17.0.0/16 172.17.0.1 1500 true true false";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(checked("bailey-state 1 1", true));
        bytes.writeBytes(checked("1 0 " + network, false));

        Recovery recovery = recover(bytes.toByteArray());

        assertThat(recovery.warning()).isEmpty();
        assertThat(recovery.state().toRecovered().networks())
                .containsExactly(new Network(
                        new NetworkId("ab".repeat(32)),
                        "bridge",
                        new InterfaceName("bailey0"),
                        Subnet.parse("172.17.0.0/16"),
                        Ipv4Address.parse("172.17.0.1"),
                        1500,
                        NetworkOptions.DEFAULT));
    }

    @Test
    void of_endpointOfTheSecondFormat_isReadWithoutAliases() throws IOException {
        String ofNow = RecordText.encode(new StateRecord.AttachIntended(Script.endpoint(Script.SANDBOX, 9)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(checked("bailey-state 2 3", true));
        bytes.writeBytes(checked("1 0 " + RecordText.encode(new StateRecord.NetworkCreated(Script.NETWORK)), false));
        bytes.writeBytes(checked("2 0 " + RecordText.encode(new StateRecord.SandboxCreated(Script.SANDBOX)), false));
        bytes.writeBytes(checked("3 0 " + withoutWords(ofNow, 3), false));

        Recovery recovery = recover(bytes.toByteArray());

        assertThat(recovery.warning()).isEmpty();
        assertThat(recovery.state().toRecovered().endpoints()).singleElement().satisfies(found -> {
            assertThat(found.endpoint().mtuBytes()).isEqualTo(1500);
            assertThat(found.endpoint().aliases()).isEmpty();
            assertThat(found.endpoint().gatewayPriority()).isZero();
        });
    }

    @Test
    void of_networkOfTheSecondFormat_isReadWithoutDetails() throws IOException {
        String ofNow = RecordText.encode(new StateRecord.NetworkCreated(Script.OTHER));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(checked("bailey-state 2 1", true));
        bytes.writeBytes(checked("1 0 " + withoutWords(ofNow, 18), false));

        Recovery recovery = recover(bytes.toByteArray());

        assertThat(recovery.warning()).isEmpty();
        assertThat(recovery.state().toRecovered().networks()).singleElement().satisfies(network -> {
            assertThat(network.ipv4().orElseThrow().range())
                    .isEqualTo(Script.OTHER.ipv4().orElseThrow().range());
            assertThat(network.options()).isEqualTo(new NetworkOptions(true, false, false));
            assertThat(network.details()).isEqualTo(NetworkDetails.NONE);
        });
    }

    @Test
    void of_thirdFormat_isReadWithoutIpv6() throws IOException {
        String network = RecordText.encode(new StateRecord.NetworkCreated(Script.NETWORK));
        String endpoint = RecordText.encode(new StateRecord.AttachIntended(Script.endpoint(Script.SANDBOX, 9)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(checked("bailey-state 3 3", true));
        bytes.writeBytes(checked("1 0 " + withoutWords(network, 1), false));
        bytes.writeBytes(checked("2 0 " + RecordText.encode(new StateRecord.SandboxCreated(Script.SANDBOX)), false));
        bytes.writeBytes(checked("3 0 " + withoutWords(endpoint, 1), false));

        Recovery recovery = recover(bytes.toByteArray());

        assertThat(recovery.warning()).isEmpty();
        assertThat(recovery.state().toRecovered().networks()).containsExactly(Script.NETWORK);
        assertThat(recovery.state().toRecovered().endpoints()).singleElement().satisfies(found -> {
            assertThat(found.endpoint().ipv6()).isEmpty();
        });
    }

    private static String withoutWords(String record, int last) {
        List<String> words = List.of(record.split(" "));
        return String.join(" ", words.subList(0, words.size() - last));
    }

    private static byte[] checked(String text, boolean behind) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
        String checksum = HexFormat.of().toHexDigits((int) crc.getValue());
        return (behind ? text + " " + checksum + "\n" : checksum + " " + text + "\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private Recovery recover(byte[] journal) throws IOException {
        disk.put("journal", journal);
        return Recovery.of(disk, CLOCK);
    }

    /** All records of the script, so many of them from when the file got its name, the others never synced. */
    private static byte[] journal(int first) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(JournalText.header(first));
        for (int i = 0; i < RECORDS.size(); i++) {
            bytes.writeBytes(JournalText.line(i + 1, i < first ? 0 : first, RecordText.encode(RECORDS.get(i))));
        }
        return bytes.toByteArray();
    }

    private static List<Integer> lineEnds(byte[] journal) {
        return IntStream.range(0, journal.length)
                .filter(i -> journal[i] == '\n')
                .mapToObj(i -> i + 1)
                .toList();
    }
}
