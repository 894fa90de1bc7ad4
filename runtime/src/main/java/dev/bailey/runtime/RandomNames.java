package dev.bailey.runtime;

import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Names for containers that nobody named: an adjective and a noun from around a castle. */
final class RandomNames {
    private static final List<String> ADJECTIVES = List.of(
            "amber", "ancient", "autumn", "bold", "brave", "brisk", "bright", "bronze", "calm", "cheerful", "clever",
            "copper", "cosy", "curious", "daring", "eager", "early", "gentle", "gilded", "golden", "grand", "hardy",
            "honest", "humble", "ivory", "jolly", "keen", "kind", "lively", "loyal", "lucky", "merry", "mighty", "misty",
            "mossy", "nimble", "noble", "patient", "plucky", "polite", "proud", "quick", "quiet", "rustic", "silver",
            "sleepy", "snowy", "steady", "stout", "sturdy", "sunny", "swift", "tall", "tidy", "trusty", "vivid", "warm",
            "watchful", "wise", "witty");
    private static final List<String> NOUNS = List.of(
            "anvil", "archer", "arch", "armour", "banner", "barrel", "bastion", "battlement", "beacon", "bell", "bridge",
            "buttress", "candle", "castle", "chapel", "chimney", "cistern", "cloister", "courtyard", "crest", "drawbridge",
            "falcon", "forge", "fountain", "garden", "gate", "gatehouse", "granary", "griffin", "guard", "hall", "harbour",
            "hearth", "herald", "keep", "knight", "ladder", "lantern", "mason", "meadow", "mill", "minstrel", "moat",
            "orchard", "pantry", "parapet", "pennant", "piper", "portcullis", "rampart", "raven", "sentry", "shield",
            "smithy", "stable", "tower", "turret", "vault", "warden", "well");
    private static final int PLAIN_ATTEMPTS = 20;

    private RandomNames() {}

    /** A name that is not taken. */
    static String pick(RandomGenerator random, Predicate<String> taken) {
        for (int attempt = 0; ; attempt++) {
            String name = ADJECTIVES.get(random.nextInt(ADJECTIVES.size())) + "_" + NOUNS.get(random.nextInt(NOUNS.size()));
            String candidate = attempt < PLAIN_ATTEMPTS ? name : name + random.nextInt(1, 1_000_000);
            if (!taken.test(candidate)) {
                return candidate;
            }
        }
    }
}
