package dev.bailey.bench.contender;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PortBlockTest {
    @Test
    void mappings_areAsManyAsThereArePorts_noneOfAnotherSlot() {
        assertThat(PortBlock.mappings(1))
                .hasSize(Publisher.PORTS)
                .startsWith("10032:10032")
                .endsWith("10063:10063")
                .doesNotContainAnyElementsOf(PortBlock.mappings(2));
    }

    @Test
    void json_hasTheTemplateForEachPort() {
        assertThat(PortBlock.json(0, "{%d to %d}")).startsWith("{10000 to 10000}, {10001 to 10001}, ");
    }
}
