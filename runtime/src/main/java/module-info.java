/** TODO. */
module dev.bailey.runtime {
    requires transitive dev.bailey.engine;
    requires dev.bailey.linux;
    requires io.avaje.jsonb;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.bailey.runtime;
}
