/** The daemon: the faces that programs and people talk to, and the wiring of everything behind them. */
module dev.bailey.daemon {
    requires dev.bailey.api;
    requires dev.bailey.engine;
    requires dev.bailey.linux;
    requires dev.bailey.runtime;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires io.avaje.json;
    requires jdk.unsupported;
    requires org.apache.commons.cli;
    requires org.apache.httpcomponents.core5.httpcore5;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.bailey.daemon.main;

    provides ch.qos.logback.classic.spi.Configurator with
            dev.bailey.daemon.main.ConsoleLogging;
}
