#!/bin/sh
# Measures what a published port costs the packets: new connections, a byte there and back, and throughput, with one port
# published and with thousands, beside the rules that Docker 28 writes by iptables-nft and beside plain forwarding.
#   packets.sh [SECONDS [ROUNDS [PORTS]]]
# Everything happens in namespaces made for it. Root; needs gcc, iproute2, iptables, util-linux and a built ./bailey.
set -eu

# Mounts are the script's own as well, so that they go with it.
if [ -z "${BAILEY_PACKETS_INSIDE:-}" ]; then
    BAILEY_PACKETS_INSIDE=1 exec unshare --mount --propagation private sh "$0" "$@"
fi

seconds=${1:-2}
rounds=${2:-7}
ports=${3:-5000}
here=$(cd "$(dirname "$0")/.." && pwd)
bailey=$here/../../../bailey
work=$(mktemp -d /tmp/bailey-packets-XXXXXX)
mark=bp$$
first=20000
each=100
# Sender and receiver on one processor: their work adds up, and nobody is woken on another.
cpu=$(($(nproc) - 1))
children=
sites=

fail() {
    printf 'bench: %s\n' "$*" >&2
    exit 1
}

finish() {
    for child in $children; do
        kill "$child" 2>/dev/null && wait "$child" 2>/dev/null || :
    done
    for name in $sites; do
        ip netns del "$name" 2>/dev/null || :
    done
    rm -rf --one-file-system "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM

for tool in gcc ip iptables-nft-restore nsenter unshare taskset; do
    command -v $tool >/dev/null || fail "$tool is missing"
done
gcc -O2 -o "$work/packets" "$here/c/packets.c"

within() { # NAMESPACE COMMAND...
    namespace=$1
    shift
    nsenter --net="/run/netns/$namespace" "$@"
}

namespace() {
    ip netns add "$1"
    sites="$sites $1"
    within "$1" ip link set lo up
}

# A host with an uplink to a world of its own.
host() {
    namespace "$1"
    namespace "$1-world"
    ip link add eth0 netns "$1" type veth peer name eth0 netns "$1-world"
    within "$1" ip address add 192.0.2.1/24 dev eth0
    within "$1-world" ip address add 192.0.2.2/24 dev eth0
    within "$1" ip link set eth0 up
    within "$1-world" ip link set eth0 up
}

serve() { # NAMESPACE
    within "$1" taskset -c "$cpu" "$work/packets" serve 80 81 &
    children="$children $!"
}

# A bridge with one box on it, made by hand.
bridge() { # HOST
    namespace "$1-box"
    within "$1" ip link add br0 type bridge
    within "$1" ip address add 10.88.0.1/16 dev br0
    ip link add box netns "$1" type veth peer name eth0 netns "$1-box"
    within "$1" ip link set box master br0 up
    within "$1" ip link set br0 up
    within "$1-box" ip address add 10.88.0.2/16 dev eth0
    within "$1-box" ip link set eth0 up
    within "$1-box" ip route add default via 10.88.0.1
    within "$1" sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward'
}

plain() { # HOST
    host "$1"
    bridge "$1"
    within "$1-world" ip route add 10.88.0.0/16 via 192.0.2.1
    serve "$1-box"
    serve "$1-world"
}

# What Docker 28 has for that many containers with a port each; the one that is asked has the last.
docker_rules() { # PORTS
    awk -v ports="$1" -v first=$first '
        function address(i) { return i == ports - 1 ? "10.88.0.2" : "10.88." (1 + int(i / 250)) "." (1 + i % 250) }
        BEGIN {
            print "*raw\n:PREROUTING ACCEPT"
            for (i = 0; i < ports; i++) print "-A PREROUTING -d " address(i) " ! -i br0 -j DROP"
            print "COMMIT\n*filter\n:FORWARD DROP\n:DOCKER -\n:DOCKER-USER -"
            print "-A FORWARD -j DOCKER-USER"
            print "-A FORWARD -o br0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT"
            print "-A FORWARD -o br0 -j DOCKER\n-A FORWARD -i br0 -j ACCEPT"
            for (i = ports - 1; i >= 0; i--)
                print "-A DOCKER -d " address(i) " ! -i br0 -o br0 -p tcp -m tcp --dport 80 -j ACCEPT"
            print "-A DOCKER ! -i br0 -o br0 -j DROP\nCOMMIT\n*nat\n:DOCKER -"
            print "-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER"
            print "-A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER"
            print "-A POSTROUTING -s 10.88.0.0/16 ! -o br0 -j MASQUERADE"
            for (i = 0; i < ports; i++)
                print "-A DOCKER ! -i br0 -p tcp -m tcp --dport " (first + i) " -j DNAT --to-destination " address(i) ":80"
            print "COMMIT"
        }'
}

docker_layout() { # HOST PORTS
    host "$1"
    bridge "$1"
    docker_rules "$2" | within "$1" iptables-nft-restore
    serve "$1-box"
}

client() { # HOST WORD...
    on=$1
    shift
    within "$on" "$bailey" -H "unix://$work/$on/bailey.sock" "$@"
}

# One box publishes the last of the ports and one for the sink; others publish the rest.
ours() { # HOST PORTS
    host "$1"
    mkdir "$work/$1"
    nsenter --net="/run/netns/$1" "$bailey" daemon -H "unix://$work/$1/bailey.sock" --data-root "$work/$1/data" \
        --exec-root "$work/$1/exec" >"$work/$1/log" 2>&1 &
    children="$! $children"
    tries=0
    until client "$1" version >/dev/null 2>&1; do
        tries=$((tries + 1))
        [ $tries -lt 100 ] || { cat "$work/$1/log" >&2; fail "the daemon does not answer"; }
        sleep 0.2
    done
    namespace "$1-box"
    client "$1" attach -p $((first + $2 - 1)):80 -p 10081:81 "/run/netns/$1-box" >/dev/null
    published=0
    while [ $published -lt $(($2 - 1)) ]; do
        more=$(($2 - 1 - published))
        [ $more -lt $each ] || more=$each
        from=$((first + published))
        namespace "$1-other$published"
        client "$1" attach -p "$from-$((from + more - 1)):1000-$((999 + more))" "/run/netns/$1-other$published" >/dev/null
        published=$((published + more))
    done
    serve "$1-box"
    serve "$1-world"
}

measure() { # NAMESPACE KIND ADDRESS PORT FIELD FILE
    within "$1" taskset -c "$cpu" "$work/packets" "$2" "$3" "$4" "$seconds" >"$work/answer" || fail "no traffic in $1"
    sed -n "s/.*\"$5\":\([0-9.]*\).*/\1/p" "$work/answer" >>"$work/$6"
}

median() {
    sort -n "$work/$1" | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'
}

row() { # TITLE UNIT FILE BASE TARGET
    awk -v title="$1" -v unit="$2" -v value="$(median "$3")" -v base="$(median "$4")" -v target="$5" -v n="$rounds" \
        -v low="$(sort -n "$work/$3" | head -n 1)" -v high="$(sort -n "$work/$3" | tail -n 1)" 'BEGIN {
            printf "| %s | %s | %s [%s..%s] n=%d | %.2f | %s |\n", title, unit, value, low, high, n, value / base, target
        }'
}

plain "$mark-plain"
ours "$mark-one" 1
ours "$mark-many" "$ports"
docker_layout "$mark-d-one" 1
docker_layout "$mark-d-many" "$ports"
last=$((first + ports - 1))
sleep 1

round=0
while [ $round -lt "$rounds" ]; do
    for kind in connect pingpong; do
        field=per_second
        [ $kind = connect ] || field=p50_us
        measure "$mark-plain-world" $kind 10.88.0.2 80 $field plain-$kind
        measure "$mark-one-world" $kind 192.0.2.1 $first $field one-$kind
        measure "$mark-many-world" $kind 192.0.2.1 $last $field many-$kind
        measure "$mark-d-one-world" $kind 192.0.2.1 $first $field docker-one-$kind
        measure "$mark-d-many-world" $kind 192.0.2.1 $last $field docker-many-$kind
    done
    measure "$mark-plain-world" stream 10.88.0.2 81 gbit_per_second plain-in
    measure "$mark-many-world" stream 192.0.2.1 10081 gbit_per_second many-in
    measure "$mark-plain-box" stream 192.0.2.2 81 gbit_per_second plain-out
    measure "$mark-many-box" stream 192.0.2.2 81 gbit_per_second many-out
    round=$((round + 1))
done

printf '| what | unit | median [min..max] n | ratio | target |\n|---|---|---|---|---|\n'
row "connections, plain forwarding" 1/s plain-connect plain-connect ""
row "connections, one port" 1/s one-connect plain-connect ""
row "connections, $ports ports (to one port)" 1/s many-connect one-connect "at least 0.95"
row "connections, $ports ports (to Docker's rules for as many)" 1/s many-connect docker-many-connect "at least 10"
row "connections, Docker's rules, one port (to ours)" 1/s docker-one-connect one-connect ""
row "connections, Docker's rules, $ports ports (to its one)" 1/s docker-many-connect docker-one-connect ""
row "a byte there and back, plain forwarding" µs plain-pingpong plain-pingpong ""
row "a byte there and back, one port" µs one-pingpong plain-pingpong ""
row "a byte there and back, $ports ports (to one port)" µs many-pingpong one-pingpong "at most 1.1"
row "a byte there and back, Docker's rules, $ports ports (to its one)" µs docker-many-pingpong docker-one-pingpong ""
row "throughput in, $ports ports (to plain forwarding)" Gbit/s many-in plain-in "at least 0.95"
row "throughput out, $ports ports (to plain forwarding)" Gbit/s many-out plain-out "at least 0.95"
