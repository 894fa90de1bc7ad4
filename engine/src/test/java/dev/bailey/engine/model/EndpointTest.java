package dev.bailey.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What an endpoint may be like. */
class EndpointTest {
    private final Random random = new Random(3);

    @Test
    void new_withAliases_keepsACopyInTheirOrder() {
        List<String> given = new ArrayList<>(List.of("web.internal", "_http", "9", "a".repeat(253)));
        Endpoint endpoint = endpoint(given);
        given.clear();
        assertThat(endpoint.aliases()).containsExactly("web.internal", "_http", "9", "a".repeat(253));
    }

    @Test
    void new_badAlias_saysWhatOneIsLike() {
        for (String bad : List.of("", "-a", ".a", "a b", "a,b", "\u00fcber", "a".repeat(254))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> endpoint(List.of("good", bad)))
                    .withMessageEndingWith(
                            " is not an alias: it has 1 to 253 letters, digits, '_', '.' or '-' and starts"
                                    + " with a letter, digit or '_'");
        }
    }

    @Test
    void new_aliasTwice_refuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> endpoint(List.of("a", "b", "a")))
                .withMessage("an alias is given twice: a, b, a");
    }

    private Endpoint endpoint(List<String> aliases) {
        Ipv4Address address = Ipv4Address.parse("10.0.0.2");
        return new Endpoint(
                EndpointId.random(random),
                NetworkId.random(random),
                SandboxId.random(random),
                new InterfaceName("eth0"),
                new InterfaceName("veth0"),
                new InterfaceAddress(address, 24),
                Ipv4Address.parse("10.0.0.1"),
                MacAddress.derivedFrom(address),
                1500,
                aliases,
                0);
    }
}
