package dev.bailey.daemon.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.daemon.Samples;
import dev.bailey.daemon.Served;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class NetworkHandlersTest {
    private static String get(String target) throws IOException {
        try (Served served = Served.routes(new NetworkHandlers(new FakeNetworks()).routes())) {
            return served.get(target);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bridge", "bbbb", "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"})
    void inspect_byNameOrId_hasItsEndpoints(String reference) throws IOException {
        assertThat(get("/networks/" + reference))
                .startsWith("HTTP/1.1 200 OK")
                .contains("\"Name\":\"bridge\"", "\"Driver\":\"bridge\"", "\"Subnet\":\"172.17.0.0/16\"")
                .contains("\"Containers\":{\"" + Samples.ID + "\":{\"Name\":\"web\",\"EndpointID\":\""
                        + Samples.ENDPOINT_ID)
                .contains("\"com.docker.network.bridge.name\":\"bailey0\"");
    }

    @Test
    void predefinedNetworks_areListedAndLookedAt_andStayAsTheyAre() throws IOException {
        assertThat(get("/networks"))
                .containsSubsequence(
                        "\"Name\":\"bridge\"",
                        "\"Name\":\"host\"",
                        "\"Scope\":\"local\",\"Driver\":\"host\"",
                        "\"Name\":\"none\"",
                        "\"Driver\":\"null\"");
        assertThat(get("/networks/none")).startsWith("HTTP/1.1 200 OK").contains("\"Containers\":{}");
        assertThat(get("/networks/050505050505"))
                .contains("\"Name\":\"host\"", "\"Containers\":{\"" + Samples.ID + "\":{\"Name\":\"web\"");
        try (Served served = Served.routes(new NetworkHandlers(new FakeNetworks()).routes())) {
            assertThat(served.delete("/networks/host"))
                    .startsWith("HTTP/1.1 403 ")
                    .contains("network host is a pre-defined network and cannot be removed");
            assertThat(served.post("/networks/none/connect", "{\"Container\":\"web\"}"))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("a container has network none from its making to its end");
        }
    }

    @Test
    void inspect_unknown_is404() throws IOException {
        assertThat(get("/networks/blue"))
                .startsWith("HTTP/1.1 404 ")
                .endsWith("{\"message\":\"network blue not found\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|true",
                "{\"name\":[\"ridg\"]}|true",
                "{\"name\":[\"blue\"]}|false",
                "{\"driver\":[\"bridge\"]}|true",
                "{\"driver\":[\"macvlan\"]}|false",
                "{\"type\":[\"custom\"]}|false",
                "{\"type\":[\"builtin\"]}|true",
                "{\"dangling\":[\"true\"]}|false"
            })
    void list_filters_choose(String filters, boolean listed) throws IOException {
        assertThat(get("/networks?filters=" + URLEncoder.encode(filters, StandardCharsets.UTF_8)))
                .startsWith("HTTP/1.1 200 OK")
                .contains(listed ? "[{\"Name\":\"bridge\"" : "\r\n\r\n[]");
    }
}
