package dev.bailey.lab.junit;

import dev.bailey.lab.Lab;
import dev.bailey.lab.LeakCheck;
import java.time.Duration;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A JUnit extension that gives a test method its lab, closes it afterwards and fails the test if it left anything behind.
 *
 * {@snippet :
 * @ExtendWith(LabExtension.class)
 * class PingTest {
 *     @Test
 *     void ping_overACable_isAnswered(Lab lab) {
 *         LabHost one = lab.host("one");
 *         LabHost other = lab.host("other");
 *         lab.link(one, "eth0", "192.0.2.1/24", other, "eth0", "192.0.2.2/24");
 *         one.exec("ping", "-c1", "192.0.2.2");
 *     }
 * }
 * }
 *
 * <p>The lab is one of the test method, shared with its {@code @BeforeEach} and {@code @AfterEach} methods. A test class that
 * takes no lab gets the check alone. JUnit's configuration parameter {@value #LEAK_LIMIT} says for how many milliseconds at
 * most it waits until nothing is left; without it that is {@link LeakCheck#LIMIT}.
 */
public final class LabExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    /** The name of the configuration parameter. */
    public static final String LEAK_LIMIT = "dev.bailey.lab.leakLimitMillis";

    private static final Namespace STORE = Namespace.create(LabExtension.class);

    /** For JUnit. */
    public LabExtension() {}

    /** Remembers what is there before the test. */
    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(STORE).put(LeakCheck.class, LeakCheck.start());
    }

    /** Closes the lab, if the test took one, and looks for what is left. */
    @Override
    public void afterEach(ExtensionContext context) {
        Lab lab = context.getStore(STORE).remove(Lab.class, Lab.class);
        if (lab != null) {
            lab.close();
        }
        LeakCheck check = context.getStore(STORE).remove(LeakCheck.class, LeakCheck.class);
        if (check != null) {
            check.requireNone(context.getConfigurationParameter(LEAK_LIMIT, Long::valueOf)
                    .map(Duration::ofMillis)
                    .orElse(LeakCheck.LIMIT));
        }
    }

    /** Whether the parameter is a {@link Lab} of a method that belongs to one test. */
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Lab.class
                && context.getTestMethod().isPresent();
    }

    /** The lab of the test, made for the first parameter that asks for it. */
    @Override
    public Lab resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(STORE).computeIfAbsent(Lab.class, key -> Lab.create(), Lab.class);
    }
}
