package dev.bailey.engine.dns;

import dev.bailey.engine.dns.wire.QuestionKey;
import dev.bailey.engine.dns.wire.Response;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers of upstream servers for as long as they may be remembered, the ones used last when there are too many; for one
 * thread. Every method is O(1), but that making room may drop several.
 */
public final class AnswerCache {
    /** The longest that an answer is remembered: a server that says a month is not believed. */
    static final int MAX_LIFETIME_SECONDS = 86_400;
    /** The longest that an absence is remembered (RFC 2308, 5: one to three hours). */
    static final int MAX_ABSENCE_SECONDS = 3_600;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int ENTRY_BYTES = 300;

    private final Map<QuestionKey, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final long maxBytes;
    private long bytes;

    /**
     * Nothing is remembered yet.
     *
     * @param maxBytes about how much memory all answers may take
     */
    public AnswerCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * An answer that is remembered.
     *
     * @param response the answer
     * @param sinceNanos when it came
     * @param untilNanos when it is forgotten
     */
    private record Entry(Response response, long sinceNanos, long untilNanos) {
        long bytes() {
            return ENTRY_BYTES + response.length();
        }
    }

    /**
     * An answer that still holds.
     *
     * @param response the answer
     * @param ageSeconds how long ago it came
     */
    public record Hit(Response response, int ageSeconds) {}

    /** The answer to a question, or null. */
    public @Nullable Hit find(QuestionKey key, long nowNanos) {
        Entry entry = entries.get(key);
        if (entry == null) {
            return null;
        }
        if (nowNanos - entry.untilNanos >= 0) {
            entries.remove(key);
            bytes -= entry.bytes();
            return null;
        }
        return new Hit(entry.response, (int) ((nowNanos - entry.sinceNanos) / NANOS_PER_SECOND));
    }

    /** Remembers an answer, unless it may not be. */
    public void put(QuestionKey key, Response response, long nowNanos) {
        boolean absence = !response.hasAnswer();
        int seconds = Math.min(response.lifetimeSeconds(), absence ? MAX_ABSENCE_SECONDS : MAX_LIFETIME_SECONDS);
        if (seconds <= 0) {
            return;
        }
        Entry entry = new Entry(response, nowNanos, nowNanos + seconds * NANOS_PER_SECOND);
        Entry before = entries.put(key.copy(), entry);
        bytes += entry.bytes() - (before == null ? 0 : before.bytes());
        Iterator<Entry> oldest = entries.values().iterator();
        while (bytes > maxBytes && oldest.hasNext()) {
            bytes -= oldest.next().bytes();
            oldest.remove();
        }
    }

    /** Forgets everything, as when other servers are asked from now on. */
    public void clear() {
        entries.clear();
        bytes = 0;
    }

    int size() {
        return entries.size();
    }
}
