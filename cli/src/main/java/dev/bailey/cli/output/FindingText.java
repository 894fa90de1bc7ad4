package dev.bailey.cli.output;

import dev.bailey.api.view.DoctorFinding;
import java.util.List;
import java.util.stream.Collectors;

/** What is wrong with the host's network, a paragraph for each finding. */
public final class FindingText {
    private FindingText() {}

    /** Returns the lines; one that says so when there is nothing. */
    public static String of(List<DoctorFinding> findings) {
        return findings.isEmpty()
                ? "Nothing is wrong.\n"
                : findings.stream().map(FindingText::paragraph).collect(Collectors.joining("\n"));
    }

    private static String paragraph(DoctorFinding finding) {
        return Table.harmless(finding.severity()) + ": " + Table.harmless(finding.what()) + "\n  why:  "
                + Table.harmless(finding.why()) + "\n  mend: " + Table.harmless(finding.mend()) + "\n";
    }
}
