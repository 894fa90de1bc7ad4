/** The benchmarks, a program of its own: nothing of it is for others. */
module dev.bailey.bench {
    requires dev.bailey.linux;
    requires dev.bailey.netlink;
    requires static org.jspecify;
}
