/** Request, response and error records that the daemon and its clients share; the JSON settings and the framing of streams. */
module dev.bailey.api {
    requires transitive io.avaje.jsonb;
    requires static org.jspecify;

    exports dev.bailey.api;
    exports dev.bailey.api.attachment;
    exports dev.bailey.api.container;
    exports dev.bailey.api.exec;
    exports dev.bailey.api.image;
    exports dev.bailey.api.network;
    exports dev.bailey.api.stream;
    exports dev.bailey.api.system;
    exports dev.bailey.api.view;

    provides io.avaje.jsonb.spi.JsonbExtension with
            dev.bailey.api.jsonb.GeneratedJsonComponent;
}
