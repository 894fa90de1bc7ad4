# The first process of the demonstration's host, in network, mount and process namespaces of its own: gives the host
# folders of its own where a daemon keeps and finds things, so that nothing of the machine's is touched or seen.
#
# Usage: stage.sh FOLDER NAMESERVER
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

# The links that brctl shows are those of the namespace that /sys was mounted in; control groups stay the machine's.
mount --rbind /sys/fs/cgroup "$folder/cgroup"
mount -t sysfs sysfs /sys
mount --rbind "$folder/cgroup" /sys/fs/cgroup
echo ready

# A shell that waits takes in every process that loses its parent.
sleep infinity &
wait
