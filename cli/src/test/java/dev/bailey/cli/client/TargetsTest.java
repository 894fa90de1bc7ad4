package dev.bailey.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.api.ApiVersion;
import org.junit.jupiter.api.Test;

final class TargetsTest {
    @Test
    void version_ofTheClient_isTheNewest() {
        assertThat(Targets.VERSION).isEqualTo("/v" + ApiVersion.NEWEST);
    }

    @Test
    void containers_oddName_staysOnePart() {
        assertThat(Targets.containers("a/../b c?", "json")).isEqualTo("/v1.51/containers/a%2F..%2Fb%20c%3F/json");
    }

    @Test
    void images_nameWithSlash_keepsIt() {
        assertThat(Targets.images("library/web:1", "json")).isEqualTo("/v1.51/images/library/web%3A1/json");
    }

    @Test
    void with_severalValues_areJoined() {
        assertThat(Targets.with(Targets.with("/x", "a", "1&2"), "b", true)).isEqualTo("/x?a=1%262&b=true");
    }
}
