package dev.bailey.daemon.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.daemon.http.HttpFailure;
import dev.bailey.daemon.http.Queries;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiltersTest {
    private static Filters read(String json) {
        return Filters.of(
                Queries.of("filters=" + URLEncoder.encode(json, StandardCharsets.UTF_8)), Set.of("name", "label"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\":[\"a\",\"b\"]}", "{\"name\":{\"a\":true,\"b\":true,\"c\":false}}"})
    void of_bothForms_haveTheValues(String json) {
        assertThat(read(json).values("name")).containsExactlyInAnyOrder("a", "b");
        assertThat(read(json).accept("name", "b"::equals)).isTrue();
        assertThat(read(json).accept("name", "c"::equals)).isFalse();
        assertThat(read(json).accept("other", "c"::equals)).isTrue();
    }

    @Test
    void acceptLabels_wantsAllOfThem() {
        Map<String, String> labels = Map.of("a", "1", "b", "");

        assertThat(read("{\"label\":[\"a\",\"b\"]}").acceptLabels(labels)).isTrue();
        assertThat(read("{\"label\":[\"a=1\",\"b=\"]}").acceptLabels(labels)).isTrue();
        assertThat(read("{\"label\":[\"a=2\"]}").acceptLabels(labels)).isFalse();
        assertThat(read("{\"label\":[\"a\",\"c\"]}").acceptLabels(labels)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "{\"name\":7}", "{\"name\"", "name=a"})
    void of_malformed_saysWhatWouldBeRight(String json) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(HttpFailure.class)
                .hasMessageEndingWith("is malformed: want a JSON object like {\"name\":[\"a\"]}");
    }

    @Test
    void of_unknownName_namesTheKnown() {
        assertThatThrownBy(() -> read("{\"color\":[\"a\"]}"))
                .isInstanceOf(HttpFailure.class)
                .hasMessage("invalid filter 'color': want one of label, name");
    }
}
