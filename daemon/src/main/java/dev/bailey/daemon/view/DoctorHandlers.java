package dev.bailey.daemon.view;

import dev.bailey.api.view.DoctorFinding;
import dev.bailey.daemon.http.Exchange;
import dev.bailey.daemon.http.Route;
import dev.bailey.engine.HostInspector;
import dev.bailey.engine.view.Finding;
import dev.bailey.engine.view.Health;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** The route that tells what is wrong. It lists what exists, which no attach or detach waits for. */
public final class DoctorHandlers {
    private final HostInspector inspector;
    private final Supplier<Health> health;

    /** Handlers for what this inspector sees and this engine knows. */
    public DoctorHandlers(HostInspector inspector, Supplier<Health> health) {
        this.inspector = inspector;
        this.health = health;
    }

    /** The routes of this group. */
    public List<Route> routes() {
        return List.of(Route.get("/bailey/doctor", this::doctor));
    }

    private void doctor(Exchange exchange) throws IOException {
        exchange.json(
                200,
                inspector.diagnose(health.get()).stream()
                        .map(DoctorHandlers::finding)
                        .toList());
    }

    private static DoctorFinding finding(Finding finding) {
        return new DoctorFinding(
                finding.severity().name().toLowerCase(Locale.ROOT), finding.what(), finding.why(), finding.mend());
    }
}
