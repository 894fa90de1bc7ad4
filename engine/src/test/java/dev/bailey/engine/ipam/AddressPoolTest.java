package dev.bailey.engine.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The notation of pools. */
class AddressPoolTest {
    @Test
    void parse_eitherOrder() {
        AddressPool pool = AddressPool.parse("base=172.80.0.0/16,size=24");
        assertThat(AddressPool.parse("size=24,base=172.80.0.0/16")).isEqualTo(pool);
        assertThat(pool).hasToString("base=172.80.0.0/16,size=24");
    }

    @Test
    void defaults_have31Subnets() {
        assertThat(AddressPool.DEFAULTS.stream()
                        .mapToInt(p -> 1 << p.size() - p.base().prefixLength())
                        .sum())
                .isEqualTo(31);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "base=172.80.0.0/16 | needs one base and one size: write a pool as base=172.80.0.0/16,size=24",
                "base=1.0.0.0/8,size=9,size=9 | needs one base and one size",
                "172.80.0.0/16,24 | has an unknown part '172.80.0.0/16': write a pool as base=172.80.0.0/16,size=24",
                "base=172.80.0.0/16,size=x | has no prefix length as its size",
                "base=172.80.0.0/16,size=15 | size 15 does not fit the pool 172.80.0.0/16: its subnets can have a prefix"
                        + " length from 16 to 30",
                "base=172.80.0.0/16,size=31 | can have a prefix length from 16 to 30",
                "base=0.0.0.0/0,size=7 | can have a prefix length from 8 to 30",
                "base=172.80.0.1/16,size=24 | must be zero, as in 172.80.0.0/16",
                "base=,size=24 | '' is not a subnet: the prefix length is missing",
            })
    void parseBad_saysWhatWouldBeRight(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressPool.parse(text))
                .withMessageContaining(message);
    }
}
