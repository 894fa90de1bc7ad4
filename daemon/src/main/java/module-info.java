/** The daemon: the faces that programs and people talk to, and the wiring of everything behind them. */
module dev.bailey.daemon {
    requires dev.bailey.api;
    requires dev.bailey.engine;
    requires dev.bailey.runtime;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires io.avaje.json;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.unix.common;
    requires jdk.unsupported;
    requires org.apache.commons.cli;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.bailey.daemon.main;

    provides ch.qos.logback.classic.spi.Configurator with
            dev.bailey.daemon.main.ConsoleLogging;
}
