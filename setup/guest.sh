# shellcheck shell=sh
# What the emulated machine of the kvm tests boots (`npm run test:kvm`): Debian's cloud kernels and a static busybox.
# They are unpacked beside the other tools, not installed: installing a kernel would put it into /boot, make an
# initramfs for it and bring systemd along, and installing busybox-static would remove a busybox that the host has.

# Modules that the guest may load, as test/guest/initramfs.ts names them.
GUEST_MODULES="virtio_ring virtio virtio_pci_legacy_dev virtio_pci_modern_dev virtio_pci virtio_blk virtio_console
  rng-core virtio-rng veth irqbypass kvm ccp kvm-amd"

guest_is_there() {
  [ -x "$tools_dir/guest/current/busybox" ]
}

need_guest() {
  [ "$with_tests" = yes ] || return 0
  guest_is_there && return
  if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
    say "no apt-get here, so the kvm tests have no kernel to boot and are skipped"
    return 0
  fi
  prepare
  begin "kernels and busybox for the emulated machine of the kvm tests (Debian packages, unpacked, not installed)"
  release=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
  apt=$scratch_dir/guest-apt
  guest=$scratch_dir/guest
  mkdir -p "$apt/sources" "$apt/lists/partial" "$apt/cache/archives/partial" "$apt/download" "$guest/kernels"
  derive_backports_sources /etc/apt "$release" >"$apt/sources/backports.sources"
  find /etc/apt -maxdepth 2 \( -name '*.sources' -o -name '*.list' \) -exec cp {} "$apt/sources/" \;
  # A third party's broken source, or a release without backports, is no reason to do without the kernels.
  private_apt_get update || true
  if ! unpack_guest_packages; then
    # Everything else can be tested without: what is skipped names what it lacks.
    echo " failed" >&2
    say "the kvm tests will be skipped; check the network and the apt sources ($log), then run ./setup.sh --with-tests again"
    return 0
  fi
  find "$apt/unpacked" -path '*/bin/busybox' -exec cp {} "$guest/busybox" \;
  for image in "$apt"/unpacked/boot/vmlinuz-*; do keep_guest_kernel "${image#*/boot/vmlinuz-}"; done
  install_tool "$guest" guest "$(newest_of "$guest/kernels")"
  finish
}

unpack_guest_packages() {
  kernels=$(guest_kernel_packages)
  [ -n "$kernels" ] || return 1
  # shellcheck disable=SC2086 # a list of names
  (cd "$apt/download" && private_apt_get download busybox-static $kernels) || return 1
  for package in "$apt"/download/*.deb; do
    logged dpkg-deb -x "$package" "$apt/unpacked" || return 1
  done
}

# The release's own cloud kernel, and the newest one that it or its backports have.
guest_kernel_packages() {
  private_apt_cache depends linux-image-cloud-amd64 | sed -n 's/^ *Depends: \(linux-image-[0-9].*\)/\1/p' | head -n 1
  private_apt_cache pkgnames linux-image | grep -E '^linux-image-[0-9]+\.[0-9]+\.[0-9].*-cloud-amd64$' | sort -V | tail -n 1
}

private_apt_cache() {
  subcommand=$1
  shift
  apt-cache -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$apt/sources" -o Dir::State::lists="$apt/lists" \
    -o Dir::Cache="$apt/cache" "$subcommand" "$@" 2>>"$log"
}

# keep_guest_kernel RELEASE: its image and the few modules that are used, uncompressed.
keep_guest_kernel() {
  kept=$guest/kernels/$1
  mkdir -p "$kept/modules"
  cp "$apt/unpacked/boot/vmlinuz-$1" "$kept/vmlinuz"
  for name in $GUEST_MODULES; do
    file=$(find "$apt/unpacked" -path "*/lib/modules/$1/*" -name "$name.ko*" | head -n 1)
    case $file in
      '') ;;
      *.xz) "$guest/busybox" xz -dc "$file" >"$kept/modules/$name.ko" ;;
      *.ko) cp "$file" "$kept/modules/" ;;
    esac
  done
}

newest_of() {
  find "$1" -mindepth 1 -maxdepth 1 -printf '%f\n' | sort -V | tail -n 1
}
