package dev.bailey.daemon.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PathTemplateTest {
    @Test
    void match_parameterInTheMiddle_takesOneSegment() {
        PathTemplate template = PathTemplate.of("/containers/{id}/json");

        assertThat(template.match("/containers/abc/json")).contains(Map.of("id", "abc"));
        assertThat(template.match("/containers/a/b/json")).isEmpty();
        assertThat(template.match("/containers//json")).isEmpty();
        assertThat(template.match("/containers/abc/json/")).isEmpty();
        assertThat(template.match("/containers/abc")).isEmpty();
    }

    @Test
    void match_restInTheMiddle_takesOneSegmentOrMore() {
        PathTemplate template = PathTemplate.of("/images/{name...}/json");

        assertThat(template.match("/images/a/json")).contains(Map.of("name", "a"));
        assertThat(template.match("/images/host.example/team/a:1/json"))
                .contains(Map.of("name", "host.example/team/a:1"));
        assertThat(template.match("/images/json")).isEmpty();
        assertThat(template.match("/images//json")).isEmpty();
    }

    @Test
    void isLiteral_tellsWhetherOnePathFits() {
        assertThat(PathTemplate.of("/info").isLiteral()).isTrue();
        assertThat(PathTemplate.of("/networks/{id}").isLiteral()).isFalse();
    }

    @Test
    void of_twoRests_refused() {
        assertThatThrownBy(() -> PathTemplate.of("/{a...}/{b...}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most one");
    }
}
