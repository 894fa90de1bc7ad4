# The last step of the launcher, sourced by it: becomes the JVM of the client, the daemon or the demonstration.
#
# Reads: jdk, caches (the folder of the start-up caches, empty for none), launcher (the path that a client may start a
# daemon by, empty for none), cli_class_path, cli_flags, daemon_class_path, daemon_flags. Starts no process.

# What the files say is checked by the daemon's own code, without a daemon.
if [ "${1-} ${2-}" = 'config check' ]; then
    shift 2
    set -- daemon --validate "$@"
fi

case ${1-} in
    daemon)
        shift
        part=daemon main=dev.bailey.daemon.main.Main class_path=$daemon_class_path flags=$daemon_flags
        ;;
    demo)
        shift
        part=demo main=dev.bailey.demo.Main class_path=$daemon_class_path flags=$daemon_flags
        ;;
    *) part=cli main=dev.bailey.cli.Main class_path=$cli_class_path flags=$cli_flags ;;
esac
[ -n "$caches" ] && [ -r "$caches/$part.aot" ] && set -- "-XX:AOTCache=$caches/$part.aot" "$main" "$@" || set -- "$main" "$@"

# Word splitting of $flags is meant: they are words without spaces.
# shellcheck disable=SC2086
exec "$jdk/bin/java" $flags -Dbailey.launcher="$launcher" -cp "$class_path" "$@"
