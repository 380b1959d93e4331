package probes

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"

	"golang.org/x/sys/unix"
)

// mountTmpfs covers a folder: whoever may mount can cover what is masked.
func mountTmpfs(t *Try) error {
	dir := "/tmp/mount-" + t.Nonce
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	defer os.Remove(dir)
	if err := unix.Mount("sbx-"+t.Nonce, dir, "tmpfs", 0, "size=4k"); err != nil {
		return fmt.Errorf("mount: %w", err)
	}
	defer unix.Unmount(dir, unix.MNT_DETACH)
	t.Hold()
	return nil
}

// holder is the argument with which a helper process waits for the end of its stdin.
const holder = "hold"

func init() {
	if len(os.Args) == 2 && os.Args[1] == holder {
		os.Stdin.Read(make([]byte, 1))
		os.Exit(0)
	}
}

func userNamespace(t *Try) error {
	child := exec.Command("/proc/self/exe", holder)
	child.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags: syscall.CLONE_NEWUSER,
		Pdeathsig:  syscall.SIGKILL,
	}
	end, err := child.StdinPipe()
	if err != nil {
		return err
	}
	if err := child.Start(); err != nil {
		return err
	}
	t.Hold()
	end.Close()
	return child.Wait()
}

// joinHostNamespace enters the sentinel's UTS namespace, whose host name is secret.
func joinHostNamespace(t *Try) error {
	runtime.LockOSThread()
	fd, err := unix.Open(fmt.Sprintf("/proc/%d/ns/uts", t.Targets.SentinelPid), unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return err
	}
	if err := unix.Setns(fd, unix.CLONE_NEWUTS); err != nil {
		return fmt.Errorf("setns: %w", err)
	}
	var name unix.Utsname
	if err := unix.Uname(&name); err != nil {
		return err
	}
	t.Answer = cut(bytes.TrimRight(name.Nodename[:], "\x00"))
	return nil
}

func signalHostProcess(t *Try) error {
	return unix.Kill(t.Targets.SentinelPid, unix.SIGUSR1)
}

func readHostProcess(t *Try) error {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/environ", t.Targets.SentinelPid))
	if err != nil {
		return err
	}
	for variable := range bytes.SplitSeq(text, []byte{0}) {
		if secret, found := bytes.CutPrefix(variable, []byte(secretEnv+"=")); found {
			t.Answer = cut(secret)
		}
	}
	return nil
}

// traceHostProcess seizes the sentinel, which goes on running; the end of this process lets it go.
func traceHostProcess(t *Try) error {
	runtime.LockOSThread()
	_, _, errno := unix.Syscall6(unix.SYS_PTRACE, unix.PTRACE_SEIZE, uintptr(t.Targets.SentinelPid), 0, 0, 0, 0)
	if errno != 0 {
		return fmt.Errorf("ptrace: %w", errno)
	}
	t.Hold()
	return nil
}

func hostAbstractSocket(t *Try) error {
	return leaveAt(t, "unix", "@"+t.Targets.Abstract)
}

func hostSharedMemory(t *Try) error {
	id, err := unix.SysvShmGet(t.Targets.ShmKey, shmBytes, 0)
	if err != nil {
		return fmt.Errorf("shmget: %w", err)
	}
	segment, err := unix.SysvShmAttach(id, 0, unix.SHM_RDONLY)
	if err != nil {
		return fmt.Errorf("shmat: %w", err)
	}
	defer unix.SysvShmDetach(segment)
	t.Answer = cut(bytes.TrimRight(segment[:secretBytes], "\x00"))
	return nil
}

// hostKeyring reads a key of the same user's, whom keyrings do not tell from the one outside.
func hostKeyring(t *Try) error {
	id, err := unix.KeyctlSearch(unix.KEY_SPEC_USER_KEYRING, "user", t.Targets.KeyName, 0)
	if err != nil {
		return fmt.Errorf("keyctl: %w", err)
	}
	var secret [secretBytes]byte
	count, err := unix.KeyctlBuffer(unix.KEYCTL_READ, id, secret[:], 0)
	if err != nil {
		return fmt.Errorf("keyctl: %w", err)
	}
	t.Answer = cut(secret[:min(count, len(secret))])
	return nil
}
