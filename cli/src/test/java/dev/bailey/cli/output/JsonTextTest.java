package dev.bailey.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class JsonTextTest {
    @Test
    void indent_nested_hasOneFieldALine() {
        assertThat(JsonText.indent("[{\"a\":1, \"b\":{\"c\":[true,null]},\"d\":{ },\"e\":[]}]"))
                .isEqualTo("""
                        [
                            {
                                "a": 1,
                                "b": {
                                    "c": [
                                        true,
                                        null
                                    ]
                                },
                                "d": {},
                                "e": []
                            }
                        ]""");
    }

    @Test
    void indent_textWithBrackets_isLeftAlone() {
        assertThat(JsonText.indent("{\"a\":\"x,{}:[] \\\" \\\\\"}"))
                .isEqualTo("{\n    \"a\": \"x,{}:[] \\\" \\\\\"\n}");
    }
}
