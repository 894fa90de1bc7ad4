/** The command line client: one class per verb; it knows the daemon's API and nothing of what is behind it. */
module dev.bailey.cli {
    requires dev.bailey.api;
    requires jdk.unsupported;
    requires static org.jspecify;

    exports dev.bailey.cli.options;
    exports dev.bailey.cli.verb;

    provides io.avaje.jsonb.spi.JsonbExtension with
            dev.bailey.cli.output.jsonb.GeneratedJsonComponent;
}
