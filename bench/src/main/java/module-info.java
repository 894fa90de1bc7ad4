/** The benchmarks, a program of its own: nothing of it is for others. */
module dev.bailey.bench {
    requires dev.bailey.api;
    requires dev.bailey.linux;
    requires dev.bailey.netlink;
    requires io.avaje.jsonb;
    requires static org.jspecify;

    provides io.avaje.jsonb.spi.JsonbExtension with
            dev.bailey.bench.report.jsonb.GeneratedJsonComponent;
}
