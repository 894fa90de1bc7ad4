/** TODO. */
module dev.bailey.daemon {
    requires dev.bailey.engine;
    requires dev.bailey.runtime;
    requires dev.bailey.api;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.bailey.daemon;
}
