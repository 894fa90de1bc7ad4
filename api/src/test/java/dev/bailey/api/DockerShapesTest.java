package dev.bailey.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.api.attachment.AttachedEndpoint;
import dev.bailey.api.container.CreateContainerRequest;
import dev.bailey.api.container.CreateContainerResponse;
import dev.bailey.api.container.HostConfig;
import dev.bailey.api.network.EndpointSettings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DockerShapesTest {
    /** What the stock client sends for {@code docker run --rm --ip … host true}, shortened. */
    private static final String CREATE = """
            {"Hostname":"","AttachStdin":false,"AttachStdout":true,"Tty":false,"Env":null,"Cmd":["true"],
             "Image":"host","Volumes":{},"Entrypoint":null,"OnBuild":null,"Labels":{"a":"b"},
             "HostConfig":{"Binds":["/srv:/srv:ro"],"LogConfig":{"Type":"","Config":{}},"AutoRemove":true,
               "NetworkMode":"default","RestartPolicy":{"Name":"no","MaximumRetryCount":0},
               "ConsoleSize":[0,0],"CapAdd":null,"Dns":[],"MemorySwappiness":-1},
             "NetworkingConfig":{"EndpointsConfig":{"bridge":{"IPAMConfig":{"IPv4Address":"172.17.0.9"}}}}}
            """;

    @Test
    void fromJson_createOfStockClient_readsWhatBaileyKnows() {
        CreateContainerRequest request =
                ApiJson.jsonb().type(CreateContainerRequest.class).fromJson(CREATE);

        assertThat(request.cmd()).containsExactly("true");
        assertThat(request.env()).isEmpty();
        assertThat(request.attachStdout()).isTrue();
        assertThat(request.labels()).containsExactly(Map.entry("a", "b"));
        HostConfig host = Objects.requireNonNull(request.hostConfig());
        assertThat(host.binds()).containsExactly("/srv:/srv:ro");
        assertThat(host.autoRemove()).isTrue();
        EndpointSettings endpoint = Objects.requireNonNull(
                        Objects.requireNonNull(request.networkingConfig()).endpointsConfig())
                .get("bridge");
        assertThat(Objects.requireNonNull(endpoint).ipamConfig())
                .hasFieldOrPropertyWithValue("ipv4Address", "172.17.0.9");
    }

    @Test
    void toJson_whatWasRead_readsEqual() {
        CreateContainerRequest request =
                ApiJson.jsonb().type(CreateContainerRequest.class).fromJson(CREATE);
        String written = ApiJson.jsonb().toJson(request);
        assertThat(ApiJson.jsonb().type(CreateContainerRequest.class).fromJson(written))
                .isEqualTo(request);
    }

    @Test
    void toJson_emptyList_isWritten() {
        assertThat(ApiJson.jsonb().toJson(new CreateContainerResponse("ab", List.of())))
                .isEqualTo("{\"Id\":\"ab\",\"Warnings\":[]}");
    }

    @Test
    void toJson_attachedEndpoint_hasTheAgreedNames() {
        AttachedEndpoint endpoint = new AttachedEndpoint(
                "e",
                "s",
                "web",
                "bridge",
                "eth0",
                "172.17.0.2/16",
                "172.17.0.1",
                "02:42:ac:11:00:02",
                1500,
                "vb1",
                "fd00::2/64",
                "fd00::1");
        assertThat(ApiJson.jsonb().toJson(endpoint)).isEqualTo("""
                {"endpoint":"e","sandbox":"s","name":"web","network":"bridge","interface":"eth0",\
                "address":"172.17.0.2/16","gateway":"172.17.0.1","mac":"02:42:ac:11:00:02","mtu":1500,\
                "hostEnd":"vb1","address6":"fd00::2/64","gateway6":"fd00::1"}""");
    }
}
