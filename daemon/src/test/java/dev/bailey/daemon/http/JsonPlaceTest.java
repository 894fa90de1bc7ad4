package dev.bailey.daemon.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPlaceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "7|$",
                "{\"a\":7|$.a",
                "{\"a\":7,\"b|$.b",
                "{\"a\":7,|$",
                "{\"a\":{\"b\":[1,{\"c\":2},[3,4|$.a.b[2][1]",
                "{\"a\":\"x,]}:\",\"b\":1|$.b",
                "{\"a\":\"x\\\"y\",\"b\":1|$.b",
                "{\"a\":[],\"b\":{},\"c\":1|$.c",
                "[{\"a\":1},{\"a\":2|$[1].a",
                "}]|$",
                "{\"a\":7}|$.a",
                "[]|$[0]"
            })
    void path_ofTextSoFar(String text, String path) {
        byte[] json = text.getBytes(StandardCharsets.UTF_8);

        assertThat(JsonPlace.path(json, json.length)).isEqualTo(path);
    }

    @Test
    void explain_dropsWhatThePathTells() {
        byte[] json = "{\"a\":7}".getBytes(StandardCharsets.UTF_8);

        assertThat(JsonPlace.explain(
                        json,
                        "want a string, instead found '7' at position: 6, following: `{\"a\":7`, before: `}`",
                        "at position: 6, following: `{\"a\":7`"))
                .isEqualTo("want a string, instead found '7' at $.a");
        assertThat(JsonPlace.explain(json, "too\n short", "nowhere")).isEqualTo("too short at $.a");
    }
}
