package dev.bailey.cli.verb;

import dev.bailey.api.view.DoctorFinding;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import dev.bailey.cli.output.FindingText;
import java.io.IOException;

/** {@code bailey doctor}: says what is wrong with the host's network, and what can be done. */
final class Doctor implements Verb {
    private static final OptionTable OPTIONS = OptionTable.anywhere("doctor", Format.OPTION);

    @Override
    public String name() {
        return "doctor";
    }

    @Override
    public String operands() {
        return "[OPTIONS]";
    }

    @Override
    public String summary() {
        return "Say what is wrong with the host's network, and what can be done";
    }

    @Override
    public OptionTable options() {
        return OPTIONS;
    }

    @Override
    public int run(Context context, ParsedOptions given) throws IOException {
        return Look.print(this, context, given, "/bailey/doctor", DoctorFinding.class, FindingText::of);
    }
}
