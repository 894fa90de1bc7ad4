#!/bin/sh
# Measures how fast names resolve inside a container, beside a bare UDP responder in C in the same namespace.
#   names.sh [SECONDS [ROUNDS]]
# Everything happens in namespaces made for it. Root; needs gcc, iproute2, util-linux and a built ./bailey.
set -eu

# Mounts are the script's own as well, so that they go with it and everybody in it sees the same ones.
if [ -z "${BAILEY_NAMES_INSIDE:-}" ]; then
    BAILEY_NAMES_INSIDE=1 exec unshare --mount --propagation private sh "$0" "$@"
fi

seconds=${1:-3}
rounds=${2:-5}
here=$(cd "$(dirname "$0")/.." && pwd)
bailey=$here/../../../bailey
work=$(mktemp -d /tmp/bailey-names-XXXXXX)
host=bailey-names-$$
world=192.0.2.53

fail() {
    printf 'bench: %s\n' "$*" >&2
    exit 1
}

finish() {
    # Containers outlive a daemon.
    [ -z "${daemon:-}" ] || client rm -f all10 asks10 all1000 asks1000 >/dev/null 2>&1 || :
    [ -z "${daemon:-}" ] || { kill "$daemon" 2>/dev/null && wait "$daemon" 2>/dev/null; } || :
    [ -z "${upstream:-}" ] || kill "$upstream" 2>/dev/null || :
    ip netns del "$host" 2>/dev/null || :
    umount -l "$work/exec/netns" 2>/dev/null || :
    umount "$(readlink -f /etc/resolv.conf)" 2>/dev/null || :
    rm -rf --one-file-system "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM

for tool in gcc ip nsenter unshare; do
    command -v $tool >/dev/null || fail "$tool is missing"
done
for program in responder dnsload; do
    gcc -O2 -o "$work/$program" "$here/c/$program.c"
done

on_host() {
    nsenter --net="/run/netns/$host" "$@"
}

client() {
    on_host "$bailey" -H "unix://$work/bailey.sock" "$@"
}

# One line of dnsload: queries a second, median and 99th percentile in microseconds.
ask() { # CONTAINER ADDRESS OUTSTANDING SOCKETS NAMES
    nsenter --net="$1" "$work/dnsload" "$2" 53 "$seconds" "$3" "$4" <"$5" >"$work/answer" ||
        fail "nobody answers at $2"
    awk -F '[:,}]' '{ print $2, $4, $6 }' "$work/answer"
}

median() {
    sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'
}

# Rounds in turn, so that whatever else the machine does meets both.
compare() { # TITLE CONTAINER OUTSTANDING SOCKETS NAMES
    : >"$work/ours"
    : >"$work/floor"
    round=0
    # Until its code is compiled.
    for _ in 1 2 3; do
        ask "$2" 127.0.0.11 "$3" "$4" "$5" >/dev/null
    done
    while [ "$round" -lt "$rounds" ]; do
        ask "$2" 127.0.0.11 "$3" "$4" "$5" >>"$work/ours"
        ask "$2" 127.0.0.12 "$3" "$4" "$5" >>"$work/floor"
        round=$((round + 1))
    done
    row=$1
    for who in ours floor; do
        for column in 1 2 3; do
            row="$row | $(awk -v c=$column '{ print $c }' "$work/$who" | median)"
        done
    done
    ours=$(awk '{ print $1 }' "$work/ours" | median)
    floor=$(awk '{ print $1 }' "$work/floor" | median)
    printf '| %s | %s |\n' "$row" "$(awk -v a="$ours" -v b="$floor" 'BEGIN { printf "%.2f", a / b }')"
}

ip netns add "$host"
on_host ip link set lo up
on_host ip address add "$world/32" dev lo
printf 'nameserver %s\n' "$world" >"$work/resolv.conf"
mount --bind "$work/resolv.conf" "$(readlink -f /etc/resolv.conf)"
nsenter --net="/run/netns/$host" "$work/responder" "$world" &
upstream=$!

nsenter --net="/run/netns/$host" "$bailey" daemon -H "unix://$work/bailey.sock" --data-root "$work/data" --exec-root "$work/exec" \
    >"$work/daemon.log" 2>&1 &
daemon=$!
tries=0
until client version >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ $tries -lt 100 ] && kill -0 $daemon 2>/dev/null || { cat "$work/daemon.log" >&2; fail "the daemon does not answer"; }
    sleep 0.2
done

printf '| question | ours: answers/s | p50 µs | p99 µs | responder in C: answers/s | p50 µs | p99 µs | ratio |\n'
printf '|---|---|---|---|---|---|---|---|\n'
for names in 10 1000; do
    client network create "front$names" >/dev/null
    seq -f 'n%g' 1 $names >"$work/names$names"
    aliases=$(sed 's/^/--network-alias /' "$work/names$names")
    # shellcheck disable=SC2086 # many words on purpose
    client run -d --name "all$names" --network "front$names" $aliases host sleep 3600 >/dev/null
    id=$(client run -d --name "asks$names" --network "front$names" host sleep 3600)
    inside=$work/exec/netns/$(printf %.12s "$id")
    nsenter --net="$inside" "$work/responder" 127.0.0.12 &
    floor_pid=$!
    compare "own, $names names, 100 at a time" "$inside" 100 8 "$work/names$names"
    compare "own, $names names, one at a time" "$inside" 1 1 "$work/names$names"
    if [ $names -eq 10 ]; then
        seq -f 'n%g.example.com' 1 100 >"$work/others"
        compare "other, remembered, 100 at a time" "$inside" 100 8 "$work/others"
    fi
    kill $floor_pid
    client rm -f "all$names" "asks$names" >/dev/null
    client network rm "front$names" >/dev/null
done
