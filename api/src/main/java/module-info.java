/** Request, response and error records that the daemon and its clients share; no behaviour. */
module dev.bailey.api {
    requires transitive io.avaje.jsonb;
    requires static org.jspecify;

    exports dev.bailey.api;

    provides io.avaje.jsonb.spi.JsonbExtension with
            dev.bailey.api.jsonb.GeneratedJsonComponent;
}
