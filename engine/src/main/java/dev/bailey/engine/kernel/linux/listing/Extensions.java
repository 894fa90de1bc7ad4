package dev.bailey.engine.kernel.linux.listing;

import dev.bailey.netlink.Attributes;
import dev.bailey.netlink.nftables.Family;
import dev.bailey.netlink.nftables.UnknownExpression;
import java.util.Optional;

/**
 * The matches and targets of iptables that iptables-nft puts into rules of nf_tables, as the expressions {@code match} and
 * {@code target}: {@code NAME(1) string | REV(2) be32 | INFO(3) bytes} (linux/netfilter/nf_tables_compat.h).
 */
final class Extensions {
    private static final int NAME = 1;
    private static final int REVISION = 2;
    private static final int INFO = 3;

    private Extensions() {}

    static void of(UnknownExpression expression, Draft draft) {
        Optional<Attributes> attributes = attributes(expression);
        Optional<String> name = attributes.flatMap(all -> all.string(NAME));
        if (name.isEmpty()) {
            draft.condition("<" + expression.kernelName() + ">");
            return;
        }
        int revision = attributes.orElseThrow().be32(REVISION).orElse(0);
        byte[] info = attributes.orElseThrow().bytes(INFO).orElse(new byte[0]);
        if (expression.kernelName().equals("match")) {
            draft.condition(XtMatches.text(name.get(), revision, info));
        } else {
            target(name.get(), revision, info, draft);
        }
    }

    static void target(String name, int revision, byte[] info, Draft draft) {
        draft.decide(name);
        draft.detail(XtTargets.text(name, revision, info, draft.family.equals(Optional.of(Family.IP6))));
    }

    private static Optional<Attributes> attributes(UnknownExpression expression) {
        String kind = expression.kernelName();
        if (!kind.equals("match") && !kind.equals("target")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Attributes.parse(expression.attributes().toByteArray()));
        } catch (IllegalArgumentException odd) {
            return Optional.empty();
        }
    }
}
