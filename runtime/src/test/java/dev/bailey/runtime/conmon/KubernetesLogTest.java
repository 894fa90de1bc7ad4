package dev.bailey.runtime.conmon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.runtime.LogQuery;
import dev.bailey.runtime.LogRecord;
import dev.bailey.runtime.OutputStreamName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesLogTest {
    private static final String T1 = "2026-11-24T09:24:34.141068202+00:00 ";
    private static final String T2 = "2026-11-24T11:24:35.000000001+02:00 ";

    @TempDir
    Path folder;

    private DirectoryWatcher watcher;

    @BeforeEach
    void open() throws IOException {
        watcher = new DirectoryWatcher();
    }

    @AfterEach
    void close() {
        watcher.close();
    }

    private static Optional<LogRecord> parse(String line) {
        return KubernetesLog.parse(line.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void parse_wholeLine_hasItsEnd() {
        LogRecord record = parse(T1 + "stdout F hello  world").orElseThrow();
        assertThat(record.time()).isEqualTo(Instant.parse("2026-11-24T09:24:34.141068202Z"));
        assertThat(record.stream()).isEqualTo(OutputStreamName.STDOUT);
        assertThat(record.data()).asString().isEqualTo("hello  world\n");
    }

    @Test
    void parse_partOfALine_hasNone() {
        LogRecord record = parse(T2 + "stderr P é").orElseThrow();
        assertThat(record.time()).isEqualTo(Instant.parse("2026-11-24T09:24:35.000000001Z"));
        assertThat(record.stream()).isEqualTo(OutputStreamName.STDERR);
        assertThat(new String(record.data(), StandardCharsets.UTF_8)).isEqualTo("é");
    }

    @Test
    void parse_emptyLine_isJustItsEnd() {
        assertThat(parse(T1 + "stdout F ").orElseThrow().data()).containsExactly('\n');
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "2026 stdout F x", T1 + "stdin F x", T1 + "stdout Q x", T1 + "stdout F", T1})
    void parse_damaged_isEmpty(String line) {
        assertThat(parse(line)).isEmpty();
    }

    private LogReader reader(LogQuery query, AtomicBoolean live) throws IOException {
        return new LogReader(folder.resolve("log"), query, watcher, live::get, closed -> {});
    }

    private List<String> read(LogQuery query) throws IOException {
        List<String> texts = new ArrayList<>();
        try (LogReader reader = reader(query, new AtomicBoolean())) {
            for (Optional<LogRecord> record = reader.next(); record.isPresent(); record = reader.next()) {
                texts.add(new String(record.get().data(), StandardCharsets.UTF_8));
            }
        }
        return texts;
    }

    private static LogQuery query(boolean stdout, boolean stderr, int tail) {
        return new LogQuery(
                stdout,
                stderr,
                false,
                tail < 0 ? OptionalInt.empty() : OptionalInt.of(tail),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void read_tail_countsWholeLines() throws IOException {
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            log.append(T1).append("stdout P a").append(i).append('\n');
            log.append(T1).append("stdout F b").append(i).append('\n');
        }
        Files.writeString(folder.resolve("log"), log + T1 + "stderr P unfinished\n");
        assertThat(read(query(true, true, 2))).containsExactly("a2998", "b2998\n", "a2999", "b2999\n", "unfinished");
        assertThat(read(query(true, true, 3001))).hasSize(6001);
        assertThat(read(query(true, true, -1))).hasSize(6001);
        assertThat(read(query(false, true, -1))).containsExactly("unfinished");
    }

    @Test
    void read_sinceAndUntil_cutTheTimes() throws IOException {
        Files.writeString(folder.resolve("log"), T1 + "stdout F one\n" + T2 + "stdout F two\n");
        Instant between = Instant.parse("2026-11-24T09:24:35Z");
        assertThat(read(new LogQuery(true, true, false, OptionalInt.empty(), Optional.of(between), Optional.empty())))
                .containsExactly("two\n");
        assertThat(read(new LogQuery(true, true, false, OptionalInt.empty(), Optional.empty(), Optional.of(between))))
                .containsExactly("one\n");
    }

    @Test
    void follow_growingInPieces_givesWholeLinesAndEnds() throws Exception {
        Path log = Files.writeString(folder.resolve("log"), T1 + "stdout F one\n" + T1 + "std");
        AtomicBoolean live = new AtomicBoolean(true);
        LogQuery follow = new LogQuery(true, true, true, OptionalInt.empty(), Optional.empty(), Optional.empty());
        try (LogReader reader = reader(follow, live)) {
            assertThat(reader.next().orElseThrow().data()).asString().isEqualTo("one\n");
            Files.writeString(log, "out F two\n", StandardOpenOption.APPEND);
            assertThat(reader.next().orElseThrow().data()).asString().isEqualTo("two\n");
            live.set(false);
            reader.wake();
            assertThat(reader.next()).isEmpty();
        }
    }

    @Test
    void read_noLogYet_isEmpty() throws IOException {
        assertThat(read(LogQuery.ALL)).isEmpty();
    }
}
