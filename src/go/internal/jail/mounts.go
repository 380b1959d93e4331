package jail

import (
	"fmt"
	"os"
	"path"
	"slices"
	"strings"

	"golang.org/x/sys/unix"

	"sbxbench/launcher/internal/config"
)

var devices = []string{"null", "zero", "full", "random", "urandom"}

// links are what the OCI runtime specification has in /dev beside the devices.
// https://github.com/opencontainers/runtime-spec/blob/main/runtime-linux.md#dev-symbolic-links
var links = map[string]string{
	"fd": "/proc/self/fd", "stdin": "/proc/self/fd/0", "stdout": "/proc/self/fd/1", "stderr": "/proc/self/fd/2",
}

// Mounts builds the tree of mounts and makes the rootfs "/". The mount points
// must exist, but for those on a tmpfs of this sandbox: nothing is ever
// created in the rootfs, which other launches share.
func Mounts(cfg *config.Config) error {
	// Nothing that happens here may reach the host's mount namespace.
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("make mounts private: %w", err)
	}
	root := ""
	if cfg.Rootfs != nil {
		root = *cfg.Rootfs
		if err := bind(root, root, readonlyFlag(cfg.ReadonlyRoot)); err != nil {
			return fmt.Errorf("rootfs %s: %w", root, err)
		}
		if err := proc(root + "/proc"); err != nil {
			return fmt.Errorf("mount /proc: %w", err)
		}
		if err := dev(root + "/dev"); err != nil {
			return fmt.Errorf("mount /dev: %w", err)
		}
	}
	var own []string
	for _, m := range cfg.Mounts {
		if err := mount(root, m, own); err != nil {
			return fmt.Errorf("mount %s: %w", m.Destination, err)
		}
		if m.Type == "tmpfs" {
			own = append(own, path.Clean(m.Destination)+"/")
		}
	}
	if cfg.Rootfs == nil {
		return nil
	}
	return pivot(root)
}

// mount takes the folders of our own in which it may make mount points.
func mount(root string, m config.Mount, own []string) error {
	inOwn := func(folder string) bool { return strings.HasPrefix(m.Destination, folder) }
	if root != "" && slices.ContainsFunc(own, inOwn) {
		if err := os.MkdirAll(root+m.Destination, 0o755); err != nil {
			return err
		}
	}
	if m.Type == "bind" {
		return bind(m.Source, root+m.Destination, unix.MOUNT_ATTR_NOSUID|unix.MOUNT_ATTR_NODEV|readonlyFlag(m.Readonly))
	}
	options := "mode=1777"
	if m.SizeBytes != nil {
		options += fmt.Sprintf(",size=%d", *m.SizeBytes)
	}
	flags := uintptr(unix.MS_NOSUID | unix.MS_NODEV)
	if m.Readonly {
		flags |= unix.MS_RDONLY
	}
	return unix.Mount("tmpfs", root+m.Destination, "tmpfs", flags, options)
}

// bind sets its attributes by mount_setattr(2) (Linux 5.12), which also reaches
// the mounts below and, unlike a remount, keeps the flags that a user namespace
// is not allowed to clear.
func bind(source, target string, attributes uint64) error {
	if err := unix.Mount(source, target, "", unix.MS_BIND|unix.MS_REC, ""); err != nil {
		return err
	}
	if attributes == 0 {
		return nil
	}
	err := unix.MountSetattr(unix.AT_FDCWD, target, unix.AT_RECURSIVE, &unix.MountAttr{Attr_set: attributes})
	if err != nil {
		return fmt.Errorf("mount_setattr (needs Linux 5.12): %w", err)
	}
	return nil
}

func readonlyFlag(readonly bool) uint64 {
	if readonly {
		return unix.MOUNT_ATTR_RDONLY
	}
	return 0
}

// proc takes the /proc that `unshare --mount-proc` has made, or makes one.
// Reading the link tells them apart: in a foreign /proc we are not process 1.
// It is read-only, because the host's root may write /proc/sys (core_pattern)
// even without any capability.
func proc(target string) error {
	var link [16]byte
	n, err := unix.Readlink("/proc/self", link[:])
	if err == nil && string(link[:n]) == "1" && unix.Getpid() == 1 {
		return bind("/proc", target, unix.MOUNT_ATTR_RDONLY)
	}
	return unix.Mount("proc", target, "proc", unix.MS_RDONLY|unix.MS_NOSUID|unix.MS_NODEV|unix.MS_NOEXEC, "")
}

// dev binds the host's device files: making new ones is not allowed in a user
// namespace.
func dev(target string) error {
	if err := unix.Mount("tmpfs", target, "tmpfs", unix.MS_NOSUID|unix.MS_NOEXEC, "mode=755,size=64k"); err != nil {
		return err
	}
	for _, name := range devices {
		point := target + "/" + name
		fd, err := unix.Open(point, unix.O_CREAT|unix.O_WRONLY|unix.O_CLOEXEC, 0o600)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		unix.Close(fd)
		if err := unix.Mount("/dev/"+name, point, "", unix.MS_BIND, ""); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	for name, points := range links {
		if err := unix.Symlink(points, target+"/"+name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	// The folder only; the devices stay writable.
	return unix.Mount("", target, "", unix.MS_REMOUNT|unix.MS_BIND|unix.MS_RDONLY|unix.MS_NOSUID|unix.MS_NOEXEC, "")
}

// pivot swaps the root with the old one stacked on the same spot, so that no
// folder is needed for it: pivot_root(2), "pivot_root(".", ".")".
func pivot(root string) error {
	if err := unix.Chdir(root); err != nil {
		return fmt.Errorf("rootfs %s: %w", root, err)
	}
	if err := unix.PivotRoot(".", "."); err != nil {
		return fmt.Errorf("pivot_root: %w", err)
	}
	if err := unix.Unmount(".", unix.MNT_DETACH); err != nil {
		return fmt.Errorf("unmount the old root: %w", err)
	}
	return nil
}
