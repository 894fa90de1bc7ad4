package dev.bailey.engine.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.dns.wire.Messages;
import dev.bailey.engine.dns.wire.Query;
import dev.bailey.engine.dns.wire.QuestionKey;
import dev.bailey.engine.dns.wire.Response;
import org.junit.jupiter.api.Test;

/** How long answers are remembered, in a time that the test makes. */
class AnswerCacheTest {
    private static final long SECOND = 1_000_000_000L;
    /** Near the end of the numbers, as the clock may start anywhere. */
    private static final long START = Long.MAX_VALUE - 5 * SECOND;

    private final AnswerCache cache = new AnswerCache(100_000);

    private static QuestionKey key(String name) {
        byte[] message = Messages.query(1, name, 1);
        Query query = new Query();
        query.read(message, message.length);
        return query.key();
    }

    private static Response answer(String name, int ttl) {
        byte[] sent = Messages.query(1, name, 1);
        byte[] message = Messages.begin()
                .header(1, 0x8180, 1, 1, 0, 0)
                .question(name, 1)
                .record(1, ttl, "01020304")
                .bytes();
        return Response.read(message, message.length, sent, sent.length).orElseThrow();
    }

    private static Response absence(String name, int ttl, int minimum) {
        byte[] sent = Messages.query(1, name, 1);
        byte[] message = Messages.begin()
                .header(1, 0x8183, 1, 0, 1, 0)
                .question(name, 1)
                .record(6, ttl, "0000 00000001 00000002 00000003 00000004 %08x".formatted(minimum))
                .bytes();
        return Response.read(message, message.length, sent, sent.length).orElseThrow();
    }

    private static long at(long afterSeconds) {
        return START + afterSeconds * SECOND;
    }

    private boolean remembers(String name, long afterSeconds) {
        return cache.find(key(name), at(afterSeconds)) != null;
    }

    @Test
    void find_untilItsTimeIsOver_withItsAge() {
        cache.put(key("a.b"), answer("a.b", 10), START);

        assertThat(cache.find(key("A.B"), at(9) + 1))
                .isInstanceOfSatisfying(
                        AnswerCache.Hit.class,
                        hit -> assertThat(hit.ageSeconds()).isEqualTo(9));
        assertThat(remembers("a.c", 0)).isFalse();
        assertThat(remembers("a.b", 10)).isFalse();
        assertThat(cache.size()).isZero();
    }

    @Test
    void put_zeroSeconds_isNotRemembered() {
        cache.put(key("a.b"), answer("a.b", 0), START);
        cache.put(key("a.c"), absence("a.c", 0, 60), START);
        assertThat(cache.size()).isZero();
    }

    @Test
    void put_forever_isRememberedForADayAndAbsencesForAnHour() {
        cache.put(key("a.b"), answer("a.b", Integer.MAX_VALUE), START);
        cache.put(key("a.c"), absence("a.c", Integer.MAX_VALUE, Integer.MAX_VALUE), START);
        assertThat(remembers("a.b", 86_399)).isTrue();
        assertThat(remembers("a.b", 86_400)).isFalse();
        assertThat(remembers("a.c", 3_599)).isTrue();
        assertThat(remembers("a.c", 3_600)).isFalse();
    }

    @Test
    void put_more_than_fits_forgetsWhatWasUsedLongestAgo() {
        for (int i = 0; i < 1000; i++) {
            cache.put(key("n" + i + ".example"), answer("n" + i + ".example", 600), START);
            assertThat(remembers("n0.example", 1)).isTrue();
        }
        assertThat(cache.size()).isBetween(200, 400);
        assertThat(remembers("n999.example", 1)).isTrue();
        assertThat(remembers("n1.example", 1)).isFalse();
        cache.clear();
        assertThat(remembers("n0.example", 1)).isFalse();
    }
}
