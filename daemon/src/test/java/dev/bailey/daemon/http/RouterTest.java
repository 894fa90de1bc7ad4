package dev.bailey.daemon.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.api.ApiVersion;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
    private static final Handler NOTHING = exchange -> {};

    private final Router router = new Router(List.of(
            Route.get("/info", NOTHING),
            Route.get("/images/json", NOTHING),
            Route.get("/images/{name...}/json", NOTHING),
            Route.get("/containers/{id}/json", NOTHING),
            Route.post("/containers/{id}/start", NOTHING)));

    @ParameterizedTest
    @CsvSource({
        "GET, /info, /info, 1.51",
        "GET, /v1.40/info, /info, 1.40",
        "GET, /v1.51/images/json, /images/json, 1.51",
        "GET, /images/a/b/json, /images/{name...}/json, 1.51",
        "POST, /v1.47/containers/x/start, /containers/{id}/start, 1.47"
    })
    void find_knownPath_findsRouteAndVersion(String method, String path, String template, String version) {
        Router.Match match = router.find(method, path);

        assertThat(match.route().path()).hasToString(template);
        assertThat(match.version()).isEqualTo(ApiVersion.parse(version).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/nothing",
                "/v1.51",
                "/v1.51/",
                "/vx/info",
                "/info/",
                "/v1.51/v1.51/info",
                "/containers/x/start"
            })
    void find_unknownPath_answersAsDockerDoes(String path) {
        assertThatThrownBy(() -> router.find("GET", path))
                .isInstanceOfSatisfying(
                        HttpFailure.class, e -> assertThat(e.status()).isEqualTo(404))
                .hasMessage("page not found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1.39/info|client version 1.39 is too old. Minimum supported API version is 1.40, please upgrade your client to a newer version",
                "/v0.1/info|client version 0.1 is too old. Minimum supported API version is 1.40, please upgrade your client to a newer version",
                "/v1.52/info|client version 1.52 is too new. Maximum supported API version is 1.51",
                "/v2.0/info|client version 2.0 is too new. Maximum supported API version is 1.51"
            })
    void find_versionNotSpoken_answersAsDockerDoes(String path, String message) {
        assertThatThrownBy(() -> router.find("GET", path))
                .isInstanceOfSatisfying(
                        HttpFailure.class, e -> assertThat(e.status()).isEqualTo(400))
                .hasMessage(message);
    }
}
