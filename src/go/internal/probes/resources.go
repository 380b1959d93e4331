package probes

import (
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// forkStorm makes processes that do nothing, until it has as many as were asked for.
func forkStorm(t *Try) error {
	// Its children end with the thread that made them.
	runtime.LockOSThread()
	pids := make([]int, 0, t.Targets.Processes)
	defer func() {
		for _, pid := range pids {
			unix.Kill(pid, unix.SIGKILL)
			unix.Wait4(pid, nil, 0, nil)
		}
	}()
	for range t.Targets.Processes {
		pid, err := forkIdle()
		if err != nil {
			return err
		}
		pids = append(pids, pid)
	}
	t.Hold()
	return nil
}

// forkIdle makes a process without exec: it may do nothing but system calls.
//
//go:norace
func forkIdle() (int, error) {
	pid, _, errno := syscall.RawSyscall6(syscall.SYS_CLONE, uintptr(syscall.SIGCHLD), 0, 0, 0, 0, 0)
	if errno != 0 {
		return 0, errno
	}
	if pid == 0 {
		syscall.RawSyscall6(syscall.SYS_PRCTL, unix.PR_SET_PDEATHSIG, uintptr(unix.SIGKILL), 0, 0, 0, 0)
		for {
			syscall.RawSyscall(syscall.SYS_PAUSE, 0, 0, 0)
		}
	}
	return int(pid), nil
}

// takeMemory writes to every page.
func takeMemory(t *Try) error {
	memory, err := unix.Mmap(-1, 0, t.Targets.Bytes, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_PRIVATE|unix.MAP_ANONYMOUS)
	if err != nil {
		return err
	}
	for at := 0; at < len(memory); at += os.Getpagesize() {
		memory[at] = 1
	}
	t.Hold()
	return unix.Munmap(memory)
}

func openFiles(t *Try) error {
	fds := make([]int, 0, t.Targets.Files)
	defer func() {
		for _, fd := range fds {
			unix.Close(fd)
		}
	}()
	for range t.Targets.Files {
		fd, err := unix.Open("/proc/self/exe", unix.O_RDONLY|unix.O_CLOEXEC, 0)
		if err != nil {
			return err
		}
		fds = append(fds, fd)
	}
	t.Hold()
	return nil
}

// orphan is the first argument of a process that outlives the probe; the second one tells the harness whose it is.
const (
	orphan     = "orphan"
	orphanLife = 20 * time.Second
)

func init() {
	if len(os.Args) == 3 && os.Args[1] == orphan {
		time.Sleep(orphanLife)
		os.Exit(0)
	}
}

// leaveOrphan starts a process in a session of its own and ends before it.
func leaveOrphan(t *Try) error {
	child := exec.Command("/proc/self/exe", orphan, t.Nonce)
	child.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	return child.Start()
}
