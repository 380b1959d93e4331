package jail

import (
	"fmt"
	"unsafe"

	"golang.org/x/sys/unix"
)

// DropPrivileges changes to uid and gid where they are given and leaves the
// calling thread the capabilities in keep. Raw system calls, because Go's
// Setuid would change every thread, and only this one is left after exec.
func DropPrivileges(keep uint64, uid, gid *int) error {
	if err := dropBounding(keep); err != nil {
		return err
	}
	if uid != nil || gid != nil {
		if err := changeIdentity(keep, uid, gid); err != nil {
			return err
		}
	}
	return setCapabilities(keep)
}

func changeIdentity(keep uint64, uid, gid *int) error {
	// A change of identity forgets the signal with which `unshare --kill-child`
	// ends us, and drops the permitted capabilities, unless told otherwise.
	deathSignal, err := parentDeathSignal()
	if err != nil {
		return fmt.Errorf("read the parent-death signal: %w", err)
	}
	if keep != 0 {
		if err := unix.Prctl(unix.PR_SET_KEEPCAPS, 1, 0, 0, 0); err != nil {
			return fmt.Errorf("keep capabilities: %w", err)
		}
	}
	if gid != nil {
		// EPERM: a user namespace whose setgroups is denied; it has no groups of ours.
		if _, _, errno := unix.RawSyscall(unix.SYS_SETGROUPS, 0, 0, 0); errno != 0 && errno != unix.EPERM {
			return fmt.Errorf("clear the groups: %w", errno)
		}
		id := uintptr(*gid)
		if _, _, errno := unix.RawSyscall(unix.SYS_SETRESGID, id, id, id); errno != 0 {
			return fmt.Errorf("set gid %d: %w", *gid, errno)
		}
	}
	if uid != nil {
		id := uintptr(*uid)
		if _, _, errno := unix.RawSyscall(unix.SYS_SETRESUID, id, id, id); errno != 0 {
			return fmt.Errorf("set uid %d: %w", *uid, errno)
		}
	}
	if err := unix.Prctl(unix.PR_SET_PDEATHSIG, deathSignal, 0, 0, 0); err != nil {
		return fmt.Errorf("set the parent-death signal: %w", err)
	}
	return nil
}

func parentDeathSignal() (uintptr, error) {
	var signal int32
	_, _, errno := unix.RawSyscall(unix.SYS_PRCTL, unix.PR_GET_PDEATHSIG, uintptr(unsafe.Pointer(&signal)), 0)
	if errno != 0 {
		return 0, errno
	}
	return uintptr(signal), nil
}
