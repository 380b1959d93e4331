#!/bin/sh
# The first process of the guest's disk: what a booted Linux has, then the steps, then power off.
# From the kernel's command line: `cgroup=v1|v2` and `steps=NAME,NAME...`.
export PATH=/usr/bin:/bin:/usr/local/go/bin HOME=/root XDG_CACHE_HOME=/cache TERM=dumb GOROOT=/usr/local/go GOTOOLCHAIN=local
read -r words </proc/cmdline
for word in $words; do
  case $word in
    cgroup=*) cgroup=${word#*=} ;;
    steps=*) steps=${word#*=} ;;
  esac
done
mkdir -p /dev/pts /dev/shm
mount -t devpts devpts /dev/pts
mount -t tmpfs tmpfs /dev/shm
mount -t tmpfs tmpfs /run
mount -t tmpfs -o mode=1777 tmpfs /tmp
if [ "$cgroup" = v1 ]; then
  mount -t tmpfs -o mode=755 tmpfs /sys/fs/cgroup
  for controller in memory pids cpu,cpuacct devices freezer; do
    mkdir "/sys/fs/cgroup/$controller"
    mount -t cgroup -o "$controller" cgroup "/sys/fs/cgroup/$controller"
  done
else
  mount -t cgroup2 cgroup2 /sys/fs/cgroup
fi
hostname guest
ip link set lo up
# As udev does it on Debian: the group kvm may use the device.
chown root:103 /dev/kvm
chmod 660 /dev/kvm
# shellcheck disable=SC3045 # dash has it
ulimit -n 65536
n=0
while set -- /dev/vport*p2 && [ ! -e "$1" ] && [ "$n" -lt 100 ]; do sleep 0.05; n=$((n + 1)); done
ports=${1%2}
cd /root || exit
node --disable-warning=ExperimentalWarning /bench/test/guest/inside/main.ts "$steps" </dev/null >"${ports}1" 2>&1
echo $? >/out/status
tar -C /out -cf - . >"${ports}2"
poweroff -f
