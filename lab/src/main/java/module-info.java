/**
 * Hosts, links, switches and an internet made of network namespaces, for tests.
 *
 * <p>Start with {@link dev.bailey.lab.Lab}; {@link dev.bailey.lab.junit.LabExtension} brings it into JUnit, which a program
 * that uses only {@code dev.bailey.lab} does not need.
 */
module dev.bailey.lab {
    requires transitive dev.bailey.linux;
    requires transitive dev.bailey.netlink;
    requires static org.jspecify;
    requires static org.junit.jupiter.api;

    exports dev.bailey.lab;
    exports dev.bailey.lab.junit;
}
