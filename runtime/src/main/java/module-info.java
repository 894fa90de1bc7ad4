/**
 * Containers as processes: images become root file systems, an OCI runtime starts them, conmon watches over them.
 *
 * <p>The network of a container comes from the engine, through {@link dev.bailey.runtime.SandboxNetwork}; the runtime
 * itself changes no link, address or rule.
 */
module dev.bailey.runtime {
    requires transitive dev.bailey.engine;
    requires transitive dev.bailey.linux;
    requires io.avaje.jsonb;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.bailey.runtime;
    exports dev.bailey.runtime.image;
}
