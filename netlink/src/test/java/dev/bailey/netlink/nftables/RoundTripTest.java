package dev.bailey.netlink.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import dev.bailey.netlink.nftables.ElementCodec.Wired;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is encoded at random decodes to the same. {@code TEST_SEED} repeats a run. */
class RoundTripTest {
    private static final int ROUNDS = 500;

    private final long seed = seed();
    private final RandomRules random = new RandomRules(seed);

    private static long seed() {
        String given = System.getenv("TEST_SEED");
        long seed = given == null ? System.nanoTime() : Long.parseLong(given);
        System.out.println("TEST_SEED=" + seed);
        return seed;
    }

    private static Attributes written(Consumer<AttributeWriter> encoder) {
        AttributeWriter writer = new AttributeWriter();
        encoder.accept(writer);
        return Attributes.parse(writer.toByteArray());
    }

    @Test
    void decode_encodedRule_isTheRule() {
        for (int i = 0; i < ROUNDS; i++) {
            Rule rule = random.rule();
            Attributes attributes = written(writer -> {
                RuleCodec.reference(writer, rule.table(), rule.chain());
                RuleCodec.encode(writer, rule);
            });
            assertThat(RuleCodec.decode(Family.INET, attributes).rule())
                    .as("seed %d", seed)
                    .isEqualTo(rule);
            assertThat(NftText.of(rule)).doesNotContain("\n");
        }
    }

    @Test
    void decode_everyKindOfExpression_isTheSame() {
        Set<Class<?>> kinds = new HashSet<>();
        for (int kind = 0; kind < random.kinds(); kind++) {
            for (int i = 0; i < 100; i++) {
                Expression expression = random.expression(kind);
                kinds.add(expression.getClass());
                Attributes attributes = written(w -> Expressions.encode(w, 1, List.of(expression)));
                assertThat(Expressions.decode(attributes, 1))
                        .as("seed %d", seed)
                        .containsExactly(expression);
            }
        }
        assertThat(kinds)
                .isEqualTo(
                        Arrays.stream(Expression.class.getPermittedSubclasses()).collect(Collectors.toSet()));
    }

    @Test
    void decode_encodedSetAndElements_areTheSame() {
        for (int i = 0; i < ROUNDS; i++) {
            SetOrMap set = random.set();
            assertThat(SetCodec.decode(Family.INET, written(w -> SetCodec.encode(w, set, 1))))
                    .as("seed %d", seed)
                    .isEqualTo(set);
            List<Element> elements = random.elements(set);
            List<Wired> wired = ElementCodec.decode(written(w -> w.nest(
                    NfTables.NFTA_SET_ELEM_LIST_ELEMENTS,
                    list -> elements.forEach(e -> ElementCodec.encode(list, set, e, false)))));
            assertThat(ElementCodec.join(set, wired)).as("seed %d", seed).isEqualTo(elements);
        }
    }
}
