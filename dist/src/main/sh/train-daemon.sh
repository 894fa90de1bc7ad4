# One short life of the daemon, from which the JVM learns what its start-up cache has to hold.
#
# Started by build.sh as the first process of new network, mount and process namespaces, with a throw-away
# folder: all that it makes is gone when it ends. Exported by build.sh: jdk, train_flags, daemon_flags,
# daemon_class_path, cli_flags, cli_class_path.
set -u
folder=$1
export BAILEY_HOST="unix://$folder/bailey.sock"

client() {
    # shellcheck disable=SC2086
    "$jdk/bin/java" $cli_flags -cp "$cli_class_path" dev.bailey.cli.Main "$@"
}

answers() {
    tries=0
    until client ps; do
        tries=$((tries + 1))
        [ $tries -lt 50 ] && kill -0 "$daemon" || return 1
        sleep 0.1
    done
}

mount -t tmpfs tmpfs "$folder" && ip link set lo up || exit 1
# The operator's settings are for the operator's daemon.
[ ! -e /etc/default/bailey ] || mount --bind /dev/null /etc/default/bailey || exit 1
echo '{"log-level": "info"}' >"$folder/daemon.json"
# shellcheck disable=SC2086
"$jdk/bin/java" $daemon_flags "$train_flags" -cp "$daemon_class_path" dev.bailey.daemon.main.Main \
    -H "$BAILEY_HOST" --data-root "$folder/data" --exec-root "$folder/run" \
    --config-file "$folder/daemon.json" &
daemon=$!
answers || exit 1

unshare --net sleep 60 &
sleep 0.2
for turn in 1 2 3; do
    client attach --name "training$turn" "/proc/$!/ns/net" && client detach "training$turn"
done
# Where no OCI runtime is installed these say so, and the daemon has learnt that much.
client run --rm host true
client run -d --name training host sleep 60 && client exec training true
client logs training
# What others break, so that a first repair is no slower than a second; where nft is missing one of them is.
for damage in 'ip link set bailey0 down' 'nft flush ruleset' 'ip link del bailey0'; do
    $damage
    sleep 0.3
done
client bridges
client nat
client inspect training >/dev/null
client rm -f training
client ps -a --format json
for turn in 1 2 3; do
    client network create "training$turn" && client network inspect "training$turn" >/dev/null
    client attach --network "training$turn" -p 8080:80 --name "training$turn" "/proc/$!/ns/net"
    client detach "training$turn"
    client network rm "training$turn"
done
client network ls
client version

kill -TERM "$daemon"
wait "$daemon"
# 143 is the exit code of a JVM that SIGTERM ended in good order.
case $? in 0 | 143) ;; *) exit 1 ;; esac
