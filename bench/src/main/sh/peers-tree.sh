#!/bin/sh
# Makes a tree of Debian's newest (sid) with the peers of the benchmarks in it: Docker, netavark and the CNI plugins.
#   peers-tree.sh FOLDER
# Packages come from the mirror that this machine's own apt uses. Root; needs debootstrap.
set -eu

tree=$1
packages='docker.io docker-cli containerd runc netavark containernetworking-plugins iptables nftables iproute2'

fail() {
    printf 'bench: %s\n' "$*" >&2
    exit 1
}

say() {
    printf 'bench: %s\n' "$*" >&2
}

command -v debootstrap >/dev/null || fail "debootstrap is missing; install it: apt-get install debootstrap"

# shellcheck disable=SC2016 # apt fills these in, not the shell
mirror=$(apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(REPO_URI)' 'Created-By: Packages' |
    awk -F '|' '$1 == "Debian" && $2 == "Debian" { print $3; exit }')
[ -n "$mirror" ] || fail "no Debian mirror among this machine's apt sources (apt-get update may be missing)"

say "making a tree of Debian sid in $tree"
rm -rf --one-file-system "$tree"
mkdir -p "$tree"
debootstrap --variant=minbase sid "$tree" "$mirror" >"$tree.log" 2>&1 || fail "debootstrap failed; see $tree.log"

# Nothing that is installed here is started, and a mirror that stands still at some day is good enough.
printf '#!/bin/sh\nexit 101\n' >"$tree/usr/sbin/policy-rc.d"
chmod +x "$tree/usr/sbin/policy-rc.d"
echo 'Acquire::Check-Valid-Until "false";' >"$tree/etc/apt/apt.conf.d/90bench"

mount -t proc proc "$tree/proc"
say "installing $packages"
{
    chroot "$tree" apt-get update
    # shellcheck disable=SC2086 # a list of words
    chroot "$tree" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $packages
    chroot "$tree" apt-get clean
} >>"$tree.log" 2>&1 || fail "the peers could not be installed; see $tree.log"
umount "$tree/proc"
