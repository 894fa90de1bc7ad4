/**
 * Containers as processes: images become root file systems, an OCI runtime starts them, conmon watches over them.
 *
 * <p>The network of a container comes from the engine, through {@link dev.bailey.runtime.SandboxNetwork}; the runtime
 * itself changes no link, address or rule.
 */
module dev.bailey.runtime {
    requires transitive dev.bailey.engine;
    requires transitive dev.bailey.linux;
    requires com.github.luben.zstd_jni;
    requires io.avaje.json;
    requires io.avaje.jsonb;
    requires org.apache.commons.compress;
    requires org.slf4j;
    requires static org.jspecify;

    provides io.avaje.jsonb.spi.JsonbExtension with
            dev.bailey.runtime.jsonb.GeneratedJsonComponent;

    exports dev.bailey.runtime;
    exports dev.bailey.runtime.image;
}
