# The first process of the demonstration's host, in network, mount and process namespaces of its own: gives the host
# folders of its own where a daemon keeps and finds things, so that nothing of the machine's is touched or seen.
#
# Usage: stage.sh FOLDER NAMESERVER CGROUP
set -eu
folder=$1
mkdir "$folder/lib" "$folder/default" "$folder/etc" "$folder/cgroup"
cp -a /etc/default/. "$folder/default/"
: >"$folder/default/bailey"
mount --bind "$folder/default" /etc/default
[ ! -d /etc/bailey ] || mount --bind "$folder/etc" /etc/bailey
mount --bind "$folder/lib" /var/lib
mount -t tmpfs -o mode=0755 tmpfs /run
resolver=$(readlink -m /etc/resolv.conf)
mkdir -p "${resolver%/*}"
[ -e "$resolver" ] || : >"$resolver"
echo "nameserver $2" >"$folder/resolv.conf"
mount --bind "$folder/resolv.conf" "$resolver"

# own_group HIERARCHY TARGET: shows a fresh control group there in place of all of the machine's, so that whatever an end
# in the middle of the story leaves can be found and removed.
own_group() {
    mkdir -p "$1/$group"
    for file in cpuset.cpus cpuset.mems; do
        [ ! -e "$1/$file" ] || cat "$1/$file" >"$1/$group/$file"
    done
    mount --bind "$1/$group" "$2"
}

group=$3
if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
    own_group /sys/fs/cgroup "$folder/cgroup"
else
    mount -t tmpfs tmpfs "$folder/cgroup"
    for hierarchy in /sys/fs/cgroup/*; do
        shown=$folder/cgroup/${hierarchy##*/}
        if [ -L "$hierarchy" ]; then
            cp -P "$hierarchy" "$shown"
        elif [ -d "$hierarchy" ]; then
            mkdir "$shown"
            own_group "$hierarchy" "$shown"
        fi
    done
fi

# The links that brctl shows are those of the namespace that /sys was mounted in.
mount -t sysfs sysfs /sys
mount --rbind "$folder/cgroup" /sys/fs/cgroup
echo ready

# A shell that waits takes in every process that loses its parent.
sleep infinity &
wait
