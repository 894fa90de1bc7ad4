package dev.bailey.daemon.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.api.attachment.DaemonStatus;
import dev.bailey.daemon.Samples;
import dev.bailey.daemon.Served;
import dev.bailey.engine.EngineException;
import dev.bailey.engine.ErrorCode;
import dev.bailey.engine.model.Egress;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.PortRequest;
import dev.bailey.engine.model.RateLimits;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.model.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class AttachmentHandlersTest {
    private static final String ENDPOINT = "{\"endpoint\":\"" + Samples.ENDPOINT_ID + "\",\"sandbox\":\"" + Samples.ID
            + "\",\"name\":\"web\",\"network\":\"bridge\",\"interface\":\"eth0\",\"address\":\"172.17.0.2/16\","
            + "\"gateway\":\"172.17.0.1\",\"mac\":\"" + Samples.ENDPOINT.mac()
            + "\",\"mtu\":1500,\"hostEnd\":\"vetheeeeeeee\",\"address6\":\"\",\"gateway6\":\"\"}";

    private final FakeAttachments attachments = new FakeAttachments();
    private Served served = newServed();

    private Served newServed() {
        try {
            DaemonStatus status = new DaemonStatus("1.2.3", 4711, "/a/data", "/a/run");
            return Served.routes(new AttachmentHandlers(attachments, status).routes());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @AfterEach
    void close() throws IOException {
        served.close();
    }

    @Test
    void attach_pathOnly_hasDefaults() throws IOException {
        assertThat(served.post("/bailey/attach", "{\"netns\":\"/run/netns/blue\"}"))
                .startsWith("HTTP/1.1 200 OK")
                .endsWith(ENDPOINT);
        assertThat(attachments.calls).containsExactly("attach /run/netns/blue '' bridge Optional.empty eth0");
    }

    @Test
    void attach_everything_isPassedOn() throws IOException {
        served.post(
                "/v1.51/bailey/attach",
                "{\"netns\":\"/run/netns/blue\",\"name\":\"b\",\"network\":\"n\",\"ip\":\"172.17.0.9\",\"interface\":\"net1\"}");

        assertThat(attachments.calls).containsExactly("attach /run/netns/blue 'b' n Optional[172.17.0.9] net1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|netns: '' is not an absolute path: write one like /run/netns/blue",
                "{\"netns\":\"blue\"}|netns: 'blue' is not an absolute path: write one like /run/netns/blue",
                "{\"netns\":\"/a\\u0000\"}|netns: Nul character not allowed",
                "{\"netns\":\"/a\",\"ip\":\"1.2.3\"}|ip: '1.2.3' is not an IPv4 address",
                "{\"netns\":\"/a\",\"interface\":\"a/b\"}|interface: 'a/b' is not an interface name"
            })
    void attach_badInput_saysWhichField(String body, String message) throws IOException {
        assertThat(served.post("/bailey/attach", body))
                .startsWith("HTTP/1.1 400 ")
                .contains("{\"message\":\"" + message);
        assertThat(attachments.calls).isEmpty();
    }

    @Test
    void attach_refused_isTheEnginesError() throws IOException {
        attachments.refusal =
                Optional.of(new EngineException(ErrorCode.EXHAUSTED, "no address is left in 172.17.0.0/16"));

        assertThat(served.post("/bailey/attach", "{\"netns\":\"/run/netns/blue\"}"))
                .startsWith("HTTP/1.1 503 ")
                .endsWith("{\"message\":\"no address is left in 172.17.0.0/16\"}");
    }

    @Test
    void detach_byEachName_detachesTheEndpoint() throws IOException {
        assertThat(served.post("/bailey/detach", "{\"endpoint\":\"" + Samples.ENDPOINT_ID + "\"}"))
                .startsWith("HTTP/1.1 204 ");
        assertThat(served.post("/bailey/detach", "{\"name\":\"web\"}")).startsWith("HTTP/1.1 204 ");
        assertThat(served.post("/bailey/detach", "{\"netns\":\"/run/bailey/netns/0123456789ab\"}"))
                .startsWith("HTTP/1.1 204 ");
        assertThat(attachments.calls)
                .containsExactly(
                        "detach " + Samples.ENDPOINT_ID,
                        "detach " + Samples.ENDPOINT_ID,
                        "detach " + Samples.ENDPOINT_ID);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|400|want one of netns, endpoint and name, not none",
                "{\"name\":\"a\",\"netns\":\"/a\"}|400|want one of netns, endpoint and name, not 2 of them",
                "{\"endpoint\":\"abc\"}|400|endpoint: 'abc' is not",
                "{\"name\":\"blue\"}|404|blue has no endpoint",
                "{\"netns\":\"/run/netns/none\"}|404|/run/netns/none has no endpoint",
                "{\"netns\":\"/proc/self/ns/net\"}|404|/proc/self/ns/net has no endpoint"
            })
    void detach_badInput_saysWhatIsWrong(String body, String status, String message) throws IOException {
        assertThat(served.post("/bailey/detach", body))
                .startsWith("HTTP/1.1 " + status)
                .contains(message);
        assertThat(attachments.calls).isEmpty();
    }

    @Test
    void endpoints_areListed() throws IOException {
        assertThat(served.get("/bailey/endpoints")).endsWith("[" + ENDPOINT + "]");
    }

    @Test
    void ping_tellsWhoServes() throws IOException {
        assertThat(served.get("/bailey/ping"))
                .endsWith("{\"version\":\"1.2.3\",\"pid\":4711,\"dataRoot\":\"/a/data\",\"execRoot\":\"/a/run\"}");
    }

    private static final class FakeAttachments implements Attachments {
        private final List<String> calls = new ArrayList<>();
        private Optional<EngineException> refusal = Optional.empty();

        @Override
        public Snapshot snapshot() {
            return Samples.SNAPSHOT;
        }

        @Override
        public Endpoint attach(
                Path netns,
                String name,
                String network,
                Optional<Ipv4Address> address,
                InterfaceName interfaceName,
                List<PortRequest> ports,
                Optional<Ipv6Address> ipv6Address,
                RateLimits limits,
                Egress egress) {
            refusal.ifPresent(error -> {
                throw error;
            });
            calls.add("attach " + netns + " '" + name + "' " + network + " " + address + " " + interfaceName
                    + (ports.isEmpty() ? "" : " " + ports)
                    + ipv6Address.map(ipv6 -> " " + ipv6).orElse(""));
            return Samples.ENDPOINT;
        }

        @Override
        public List<PortMapping> publish(SandboxId id, List<PortRequest> ports) {
            calls.add("publish " + id + " " + ports);
            return List.of(PortMapping.parse("0.0.0.0:8080:80/tcp"));
        }

        @Override
        public void unpublish(EndpointId id, List<PortMapping> ports) {
            calls.add("unpublish " + id + " " + ports);
        }

        @Override
        public void detach(EndpointId id) {
            calls.add("detach " + id);
        }
    }
}
