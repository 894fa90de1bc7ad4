/** Man pages and completion, made out of the tables of options that client and daemon read their arguments by. */
module dev.bailey.manual {
    requires dev.bailey.cli;
    requires dev.bailey.daemon;
    requires static org.jspecify;

    exports dev.bailey.manual;
}
