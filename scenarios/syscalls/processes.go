package main

import (
	"os"
	"syscall"

	"golang.org/x/sys/unix"

	"sbxbench/scenarios/internal/bench"
)

// forkExit copies the process as a shell does for a subshell, and waits for the copy, which exits at once.
func forkExit() (bench.Op, error) {
	return bench.Op{Run: func(n int) {
		for range n {
			// Not by package syscall, which always executes a program: the copy makes one system call and nothing of Go.
			pid, _, errno := syscall.RawSyscall6(unix.SYS_CLONE, uintptr(unix.SIGCHLD), 0, 0, 0, 0, 0)
			if pid == 0 && errno == 0 {
				for {
					syscall.RawSyscall(unix.SYS_EXIT_GROUP, 0, 0, 0)
				}
			}
			bench.MustErrno("fork", errno)
			await(int(pid))
		}
	}}, nil
}

// forkExecTrue starts a static program that exits at once, and waits for it.
func forkExecTrue() (bench.Op, error) {
	path := os.Getenv("SBX_TRUE")
	if path == "" {
		return bench.Op{}, bench.Skip("no program to start: SBX_TRUE is unset")
	}
	argv := []string{path}
	attributes := &syscall.ProcAttr{}
	return bench.Op{Run: func(n int) {
		for range n {
			pid, err := syscall.ForkExec(path, argv, attributes)
			bench.Must("fork and exec", err)
			await(pid)
		}
	}}, nil
}

func await(pid int) {
	var status syscall.WaitStatus
	for {
		_, err := syscall.Wait4(pid, &status, 0, nil)
		if err == syscall.EINTR {
			continue
		}
		bench.Must("wait4", err)
		if status.ExitStatus() != 0 {
			bench.Must("program that should exit with 0", unix.EIO)
		}
		return
	}
}
