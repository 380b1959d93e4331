package jail

/*
#include <sys/resource.h>

// Runs before Go: package syscall raises the soft limit of open files
// (syscall/rlimit.go), and the program must get the one that we were given.
static struct rlimit openFiles;

__attribute__((constructor)) static void saveOpenFiles(void) {
	getrlimit(RLIMIT_NOFILE, &openFiles);
}

static unsigned long long openFilesSoft(void) { return openFiles.rlim_cur; }
static unsigned long long openFilesHard(void) { return openFiles.rlim_max; }
*/
import "C"

import (
	"fmt"
	"syscall"

	"golang.org/x/sys/unix"

	"sbxbench/launcher/internal/config"
)

var limitNumbers = map[string]int{
	"RLIMIT_AS": unix.RLIMIT_AS, "RLIMIT_CORE": unix.RLIMIT_CORE, "RLIMIT_CPU": unix.RLIMIT_CPU,
	"RLIMIT_DATA": unix.RLIMIT_DATA, "RLIMIT_FSIZE": unix.RLIMIT_FSIZE, "RLIMIT_LOCKS": unix.RLIMIT_LOCKS,
	"RLIMIT_MEMLOCK": unix.RLIMIT_MEMLOCK, "RLIMIT_MSGQUEUE": unix.RLIMIT_MSGQUEUE, "RLIMIT_NICE": unix.RLIMIT_NICE,
	"RLIMIT_NOFILE": unix.RLIMIT_NOFILE, "RLIMIT_NPROC": unix.RLIMIT_NPROC, "RLIMIT_RSS": unix.RLIMIT_RSS,
	"RLIMIT_RTPRIO": unix.RLIMIT_RTPRIO, "RLIMIT_RTTIME": unix.RLIMIT_RTTIME,
	"RLIMIT_SIGPENDING": unix.RLIMIT_SIGPENDING, "RLIMIT_STACK": unix.RLIMIT_STACK,
}

// Limits sets the resource limits. By setting the open-files limit through
// package syscall it also keeps syscall.Exec from setting it once more, after
// the seccomp filter.
func Limits(limits []config.Rlimit) error {
	openFiles := syscall.Rlimit{Cur: uint64(C.openFilesSoft()), Max: uint64(C.openFilesHard())}
	for _, limit := range limits {
		number, known := limitNumbers[limit.Type]
		if !known {
			return fmt.Errorf("unknown limit %q", limit.Type)
		}
		if number == unix.RLIMIT_NOFILE {
			openFiles = syscall.Rlimit{Cur: limit.Soft, Max: limit.Hard}
			continue
		}
		if err := unix.Prlimit(0, number, &unix.Rlimit{Cur: limit.Soft, Max: limit.Hard}, nil); err != nil {
			return fmt.Errorf("%s: %w", limit.Type, err)
		}
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &openFiles); err != nil {
		return fmt.Errorf("RLIMIT_NOFILE: %w", err)
	}
	return nil
}
