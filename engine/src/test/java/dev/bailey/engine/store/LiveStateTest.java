package dev.bailey.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.store.RecoveredState.Phase;
import dev.bailey.engine.store.RecoveredState.RecoveredEndpoint;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What records amount to, and which ones do not fit. */
class LiveStateTest {
    private final LiveState state = new LiveState();
    private final Endpoint endpoint = Script.endpoint(Script.SANDBOX, 2);

    @Test
    void records_afterEachStep_amountToTheSame() {
        for (StateRecord record : Script.records()) {
            state.apply(record);
            LiveState copy = new LiveState();
            state.records().forEach(copy::apply);
            assertThat(copy.toRecovered()).isEqualTo(state.toRecovered());
        }
        assertThat(state.records()).hasSizeLessThan(Script.records().size());
    }

    @Test
    void phases_followTheRecords() {
        begin();
        assertThat(state.toRecovered().endpoints()).containsExactly(new RecoveredEndpoint(endpoint, Phase.ATTACHING));
        state.apply(new StateRecord.AttachDone(endpoint.id()));
        assertThat(state.toRecovered().endpoints()).containsExactly(new RecoveredEndpoint(endpoint, Phase.ATTACHED));
        state.apply(new StateRecord.DetachIntended(endpoint.id()));
        state.apply(new StateRecord.DetachIntended(endpoint.id()));
        assertThat(state.toRecovered().endpoints()).containsExactly(new RecoveredEndpoint(endpoint, Phase.DETACHING));
        state.apply(new StateRecord.DetachDone(endpoint.id()));
        assertThat(state.toRecovered().endpoints()).isEmpty();
        state.apply(new StateRecord.SandboxRemoved(Script.SANDBOX.id()));
        state.apply(new StateRecord.NetworkRemoved(Script.NETWORK.id()));
        assertThat(state.records()).isEmpty();
    }

    @Test
    void networkRemoval_begunGivenUpAndDone_followsTheRecords() {
        state.apply(new StateRecord.NetworkCreated(Script.OTHER));
        state.apply(new StateRecord.NetworkRemovalIntended(Script.OTHER.id()));
        assertThat(state.toRecovered().networks()).isEmpty();
        assertThat(state.toRecovered().leavingNetworks()).containsExactly(Script.OTHER);
        state.apply(new StateRecord.NetworkChanged(Script.OTHER));
        assertThat(state.toRecovered().networks()).containsExactly(Script.OTHER);
        assertThat(state.toRecovered().leavingNetworks()).isEmpty();
        state.apply(new StateRecord.NetworkRemovalIntended(Script.OTHER.id()));
        state.apply(new StateRecord.NetworkRemoved(Script.OTHER.id()));
        assertThat(state.records()).isEmpty();
    }

    @Test
    void apply_recordThatDoesNotFit_changesNothing() {
        refuses(
                new StateRecord.NetworkRemoved(Script.NETWORK.id()),
                new StateRecord.SandboxRemoved(Script.SANDBOX.id()),
                new StateRecord.AttachIntended(endpoint),
                new StateRecord.AttachDone(endpoint.id()),
                new StateRecord.AttachUndone(endpoint.id()),
                new StateRecord.DetachIntended(endpoint.id()),
                new StateRecord.DetachDone(endpoint.id()));
        begin();
        refuses(
                new StateRecord.NetworkCreated(Script.NETWORK),
                new StateRecord.NetworkRemoved(Script.NETWORK.id()),
                new StateRecord.SandboxCreated(Script.SANDBOX),
                new StateRecord.SandboxRemoved(Script.SANDBOX.id()),
                new StateRecord.AttachIntended(endpoint),
                new StateRecord.DetachIntended(endpoint.id()),
                new StateRecord.DetachDone(endpoint.id()));
        state.apply(new StateRecord.AttachDone(endpoint.id()));
        refuses(new StateRecord.AttachDone(endpoint.id()), new StateRecord.AttachUndone(endpoint.id()));
    }

    @Test
    void ports_goWithTheirEndpoint() {
        var published = new StateRecord.PortsPublished(endpoint.id(), List.of(Script.PORT, Script.RANGE));
        refuses(published);
        begin();
        refuses(new StateRecord.PortsUnpublished(endpoint.id(), List.of(Script.PORT)));
        state.apply(published);
        refuses(published, new StateRecord.PortsUnpublished(endpoint.id(), List.of(Script.PORT, Script.OTHER_PORT)));
        state.apply(new StateRecord.AttachDone(endpoint.id()));
        state.apply(new StateRecord.PortsUnpublished(endpoint.id(), List.of(Script.PORT)));
        assertThat(state.toRecovered().portsOf(endpoint.id())).containsExactly(Script.RANGE);
        state.apply(new StateRecord.DetachIntended(endpoint.id()));
        refuses(published);
        state.apply(new StateRecord.DetachDone(endpoint.id()));
        assertThat(state.toRecovered().ports()).isEmpty();
    }

    private void begin() {
        state.apply(new StateRecord.NetworkCreated(Script.NETWORK));
        state.apply(new StateRecord.SandboxCreated(Script.SANDBOX));
        state.apply(new StateRecord.AttachIntended(endpoint));
    }

    private void refuses(StateRecord... records) {
        List<StateRecord> before = state.records();
        for (StateRecord record : records) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> state.apply(record))
                    .withMessage("does not fit what is stored: " + record);
        }
        assertThat(state.records()).isEqualTo(before);
    }
}
