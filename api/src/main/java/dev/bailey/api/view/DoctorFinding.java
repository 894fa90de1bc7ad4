package dev.bailey.api.view;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;

/**
 * Something about the host's network that is not as it should be.
 *
 * @param severity {@code error} where something does not work, {@code warning} where it may not for long
 * @param what what it is
 * @param why what comes of it
 * @param mend what can be done
 */
@Json
public record DoctorFinding(String severity, String what, String why, String mend) {
    public DoctorFinding {
        severity = Absent.orEmpty(severity);
        what = Absent.orEmpty(what);
        why = Absent.orEmpty(why);
        mend = Absent.orEmpty(mend);
    }
}
