/** TODO. */
module dev.bailey.cli {
    requires dev.bailey.api;
    requires static org.jspecify;

    exports dev.bailey.cli;
}
