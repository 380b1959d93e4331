package probes

import (
	"fmt"
	"os"
	"runtime"

	"golang.org/x/sys/unix"
)

// EnterPrivateMounts becomes the same program in a mount namespace where the
// host's files can be read, and only the canaries and the launch's own folder
// be written to. It returns only if something failed.
func EnterPrivateMounts(request *Request) error {
	runtime.LockOSThread()
	if err := unix.Unshare(unix.CLONE_NEWNS); err != nil {
		return fmt.Errorf("unshare: %w", err)
	}
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("make mounts private: %w", err)
	}
	own := []string{request.Targets.Dir, os.Getenv("SBX_DIR_BIND")}
	// Held open: they may stand below /tmp, which is covered next.
	var held []*os.File
	for _, dir := range own {
		folder, err := os.Open(dir)
		if err != nil {
			return err
		}
		held = append(held, folder)
	}
	if err := unix.Mount("tmpfs", "/tmp", "tmpfs", unix.MS_NOSUID, "mode=1777,size=16m"); err != nil {
		return fmt.Errorf("tmpfs on /tmp: %w", err)
	}
	// Flags of these mounts, not of the file systems: the host's own mounts of them stay as they are.
	readonly := unix.MountAttr{Attr_set: unix.MOUNT_ATTR_RDONLY}
	if err := unix.MountSetattr(unix.AT_FDCWD, "/", unix.AT_RECURSIVE, &readonly); err != nil {
		return fmt.Errorf("make everything read-only: %w", err)
	}
	for _, dir := range []string{"/tmp", "/proc"} {
		if err := makeWritable(dir); err != nil {
			return err
		}
	}
	for index, dir := range own {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
		source := fmt.Sprintf("/proc/self/fd/%d", held[index].Fd())
		if err := unix.Mount(source, dir, "", unix.MS_BIND, ""); err != nil {
			return fmt.Errorf("bind %s: %w", dir, err)
		}
		if err := makeWritable(dir); err != nil {
			return err
		}
	}
	// The own program through the file itself: its folder may be below /tmp.
	program, err := os.Open("/proc/self/exe")
	if err != nil {
		return err
	}
	path := fmt.Sprintf("/proc/self/fd/%d", program.Fd())
	return unix.Exec(path, []string{os.Args[0], request.Token}, os.Environ())
}

func makeWritable(dir string) error {
	err := unix.MountSetattr(unix.AT_FDCWD, dir, 0, &unix.MountAttr{Attr_clr: unix.MOUNT_ATTR_RDONLY})
	if err != nil {
		return fmt.Errorf("make %s writable: %w", dir, err)
	}
	return nil
}
