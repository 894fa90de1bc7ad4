# The options of the JVM, as lists of words; sourced by whatever starts or trains one.

# -Xlog:disable: a start-up cache that does not fit is not worth a line; the JVM runs without it.
base_flags='-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xlog:disable'
# The client's life is too short to look for other providers of sockets in its archives, or to compile accessors; and to
# have the kernel fetch its heap by small pages. Where the kernel has no large ones for it, the JVM goes on without.
cli_flags="$base_flags -XX:CompileThresholdScaling=20 -Xms16m -Xmn8m -Xmx64m -Xss512k -XX:+UseTransparentHugePages \
-Djava.nio.channels.spi.SelectorProvider=sun.nio.ch.EPollSelectorProvider -Djdk.reflect.useNativeAccessorOnly=true"
daemon_flags="$base_flags -XX:CompileThresholdScaling=0.2 -Xms16m -Xmx96m -Xss512k --enable-native-access=ALL-UNNAMED"
