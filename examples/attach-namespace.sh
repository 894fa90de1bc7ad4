#!/bin/sh
# Gives a network namespace, made by hand, a network through Bailey, and takes it away again.
# Needs root and a running daemon (sudo ./bailey daemon). BAILEY is the launcher to use, BAILEY_HOST the daemon's socket.
set -eu

bailey=${BAILEY:-$(dirname "$0")/../bailey}
name=${1:-bailey-example}
netns=/run/netns/$name

ip netns add "$name"
trap 'ip netns delete "$name"' EXIT

echo "# attach: eth0 with an address, a default route, and a way out"
"$bailey" attach "$netns"
ip netns exec "$name" ip -4 address show dev eth0
ip netns exec "$name" ip -4 route

echo "# the bridge answers as the gateway"
gateway=$(ip netns exec "$name" ip -4 -o route show default | cut -d' ' -f3)
ip netns exec "$name" ping -c 1 -W 5 "$gateway"

echo "# a second attach is refused, with the reason"
if "$bailey" attach "$netns"; then
  echo "attach-namespace: the second attach was not refused" >&2
  exit 1
fi

echo "# detach: the namespace is as it was"
"$bailey" detach "$netns"
if ip -n "$name" link show dev eth0 2>/dev/null; then
  echo "attach-namespace: eth0 is still there after detach" >&2
  exit 1
fi
echo "done"
