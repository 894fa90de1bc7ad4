#!/bin/sh
# The package's whole life on a clean Debian, in namespaces of its own: installed, started by its init script, the
# demonstration run, purged, and nothing left. Touches nothing of the machine.
#
# Usage: package-story.sh ROOT DEB DEPENDENCIES
#   ROOT  a root that debootstrap made; stays as it is   DEPENDENCIES  a folder of packages that DEB depends on
set -eu
root=$(readlink -f "$1") deb=$(readlink -f "$2") dependencies=$(readlink -f "$3")

if [ -z "${PACKAGE_STORY_INSIDE-}" ]; then
    export PACKAGE_STORY_INSIDE=yes group="package-story-$$"
    status=0
    unshare --net --mount --propagation private --pid --fork --kill-child --mount-proc -- sh "$0" "$@" || status=$?
    find /sys/fs/cgroup -maxdepth 2 -type d -name "$group" | while read -r found; do
        find "$found" -depth -type d -exec rmdir {} +
    done
    exit "$status"
fi

say() {
    printf '== %s\n' "$*"
}

fail() {
    printf 'package-story: %s\n' "$*" >&2
    exit 1
}

# A copy on write of the root, in memory.
stage=$(mktemp -d)
trap 'umount -l "$stage" 2>/dev/null; rmdir "$stage"' EXIT
mount -t tmpfs tmpfs "$stage"
mkdir "$stage/upper" "$stage/work" "$stage/root"
mount -t overlay overlay -o "lowerdir=$root,upperdir=$stage/upper,workdir=$stage/work" "$stage/root"
new=$stage/root
mount -t proc proc "$new/proc"
mount -t sysfs sysfs "$new/sys"
# own_group HIERARCHY TARGET: shows a fresh control group there, so that whatever a failure leaves can be removed.
own_group() {
    mkdir -p "$1/$group"
    for file in cpuset.cpus cpuset.mems; do
        [ ! -e "$1/$file" ] || cat "$1/$file" >"$1/$group/$file"
    done
    mount --bind "$1/$group" "$2"
}
if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
    own_group /sys/fs/cgroup "$new/sys/fs/cgroup"
else
    mount -t tmpfs tmpfs "$new/sys/fs/cgroup"
    for hierarchy in /sys/fs/cgroup/*; do
        shown=$new/sys/fs/cgroup/${hierarchy##*/}
        if [ -L "$hierarchy" ]; then
            cp -P "$hierarchy" "$shown"
        elif [ -d "$hierarchy" ]; then
            mkdir "$shown"
            own_group "$hierarchy" "$shown"
        fi
    done
fi
mount --rbind /dev "$new/dev"
mount -t tmpfs tmpfs "$new/run"
mount -t tmpfs tmpfs "$new/tmp"
# An overlay cannot hold the data of another one: containers are copies on write as well.
mkdir -p "$new/var/lib/bailey"
mount -t tmpfs tmpfs "$new/var/lib/bailey"
mkdir "$new/tmp/packages"
cp "$deb" "$dependencies"/*.deb "$new/tmp/packages/"
ip link set lo up
ip link add eth0 type veth peer name far
ip addr add 198.51.100.2/24 dev eth0
ip link set eth0 up
ip link set far up
links() {
    ip -o link | cut -d : -f 2
}
links_before=$(links)
forwarding=$(cat /proc/sys/net/ipv4/ip_forward)

# A root of its own, as a machine has: an OCI runtime cannot work below a chroot.
unshare --mount --propagation private sh -c 'cd "$1" && pivot_root . mnt && umount -l /mnt && exec sleep infinity' \
    sh "$new" &
machine=$!
until grep -q "^sleep" "/proc/$machine/cmdline" 2>/dev/null; do
    kill -0 "$machine" || fail 'the new root could not be entered'
    sleep 0.1
done

inside() {
    nsenter --target "$machine" --mount -- env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 HOME=/root "$@"
}

say 'policy: a package that may not start its service installs'
printf '#!/bin/sh\nexit 101\n' >"$new/usr/sbin/policy-rc.d"
chmod +x "$new/usr/sbin/policy-rc.d"
inside sh -c 'dpkg -i /tmp/packages/*.deb'
inside service bailey status && fail 'the policy forbids a start, and it runs'
inside rm /usr/sbin/policy-rc.d

say 'start, as its init script does it'
inside service bailey start
inside service bailey status
inside bailey version
inside bailey run --rm host true
inside bailey run -d --name web host sleep 1000
inside bailey ps
inside bailey bridges

say 'restart: the container stays'
inside service bailey restart
inside bailey ps -q | grep -q . || fail 'the container is gone'

say 'the demonstration'
inside bailey demo

say 'man pages and completion'
for page in man1/bailey.1 man5/bailey-daemon.json.5 man8/bailey-daemon.8; do
    inside gzip -t "/usr/share/man/$page.gz" || fail "$page"
done
inside bash -n /usr/share/bash-completion/completions/bailey

say 'removal: no process, no link, no rule'
inside dpkg -r bailey
[ "$(links)" = "$links_before" ] || fail "links are left: $(ip -o link)"
[ -z "$(nft list tables)" ] || fail "tables are left: $(nft list tables)"
[ "$(cat /proc/sys/net/ipv4/ip_forward)" = "$forwarding" ] || fail 'forwarding is not what it was'
for process in /proc/[0-9]*; do
    case $(tr '\0' ' ' <"$process/cmdline" 2>/dev/null) in
        *bailey/jre* | *conmon* | 'sleep 1000'*) fail "process left: $(tr '\0' ' ' <"$process/cmdline")" ;;
    esac
done
inside test -e /etc/bailey/daemon.json || fail 'removal took the settings'

left=$(inside find /sys/fs/cgroup -type d -path '*/bailey*')
[ -z "$left" ] || fail "control groups are left: $left"

say 'purge: no file, no group'
inside dpkg -P bailey
left=$(inside find / -xdev -name '*bailey*' -not -path '/tmp/*')
[ -z "$left" ] || fail "files are left: $left"
inside grep bailey /etc/group && fail 'the group is left'
# Where, not what: the folder that all this is built in may have the name as well.
mounts=$(inside cut -d ' ' -f 5 /proc/self/mountinfo | grep bailey) && fail "mounts are left: $mounts"
say 'nothing is left'
