/** TODO. */
module dev.bailey.linux {
    requires static org.jspecify;

    exports dev.bailey.linux;
}
