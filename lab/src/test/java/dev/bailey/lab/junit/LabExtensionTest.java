package dev.bailey.lab.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedSuccessfully;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;

import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.LeakError;
import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

@Tag("lab")
class LabExtensionTest {
    private static final List<Lab> labs = new ArrayList<>();
    private static final List<DatagramChannel> left = new ArrayList<>();

    @Test
    void extension_testTakesALab_getsOneOfItsOwnThatIsClosedAfterwards() {
        labs.clear();

        run(Good.class)
                .assertEventsMatchExactly(
                        event(test("one"), finishedSuccessfully()), event(test("other"), finishedSuccessfully()));

        assertThat(labs)
                .hasSize(2)
                .doesNotHaveDuplicates()
                .allSatisfy(lab -> assertThat(lab.directory()).doesNotExist());
    }

    @Test
    void extension_testLeavesASocket_fails() throws IOException {
        run(Leaking.class)
                .assertEventsMatchExactly(event(test("leaking"), finishedWithFailure(instanceOf(LeakError.class))));

        for (DatagramChannel channel : left) {
            channel.close();
        }
    }

    private static Events run(Class<?> testClass) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testClass))
                .configurationParameter(LabExtension.LEAK_LIMIT, "1000")
                .execute()
                .testEvents()
                .finished();
    }

    @ExtendWith(LabExtension.class)
    static class Good {
        private LabHost host;

        @BeforeEach
        void makeHost(Lab lab) {
            host = lab.host("host");
        }

        @Test
        void one(Lab lab) {
            labs.add(lab);
            assertThat(lab.hosts()).containsExactly(host);
        }

        @Test
        void other(Lab lab) {
            labs.add(lab);
            host.exec("true");
        }
    }

    @ExtendWith(LabExtension.class)
    static class Leaking {
        @Test
        void leaking() throws IOException {
            left.add(DatagramChannel.open());
        }
    }
}
