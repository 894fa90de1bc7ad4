# Trains the start-up caches of client and daemon; sourced by what needs them.
#
# Reads: out (the folder of the caches), scripts (the folder of this file), jdk, cli_class_path, cli_flags,
# daemon_class_path, daemon_flags.

# train PART COMMAND...: runs the command with $train_flags set, which make the JVM write a start-up cache.
# A training that fails costs start-up time, nothing else: it is logged, marked and not repeated.
train() {
    part=$1
    shift
    rm -f "$out/$part.aot" "$out/$part.untrained"
    train_flags="-XX:AOTCacheOutput=$out/$part.aot.new"
    if "$@" </dev/null >"$out/$part.train.log" 2>&1 && [ -s "$out/$part.aot.new" ]; then
        mv -f "$out/$part.aot.new" "$out/$part.aot"
    else
        rm -f "$out/$part.aot.new"
        : >"$out/$part.untrained"
    fi
}

train_cli() {
    # shellcheck disable=SC2086
    timeout 60 "$jdk/bin/java" $cli_flags "$train_flags" -cp "$cli_class_path" dev.bailey.cli.Training
}

# The daemon trains in namespaces of its own with throw-away folders: nothing of it touches the machine.
train_daemon() {
    folder=$(mktemp -d) || return 1
    export jdk train_flags daemon_flags daemon_class_path cli_flags cli_class_path
    timeout 120 unshare --net --mount --propagation private --pid --fork --kill-child --mount-proc \
        -- sh "$scripts/train-daemon.sh" "$folder"
    status=$?
    rm -rf "$folder"
    return $status
}
