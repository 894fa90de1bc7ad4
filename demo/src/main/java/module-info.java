/** The demonstration: the story of a container network, told by running it in a lab. */
module dev.bailey.demo {
    requires dev.bailey.lab;
    requires static org.jspecify;

    exports dev.bailey.demo;
}
