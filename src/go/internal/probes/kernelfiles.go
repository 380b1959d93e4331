package probes

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

// readKernelSymbols answers with the address of the kernel's text, salted: the
// harness compares it with what it reads itself.
func readKernelSymbols(t *Try) error {
	file, err := os.Open("/proc/kallsyms")
	if err != nil {
		return err
	}
	defer file.Close()
	scanner := bufio.NewScanner(file)
	for scanner.Scan() {
		fields := strings.Fields(scanner.Text())
		if len(fields) < 3 || fields[2] != "_text" {
			continue
		}
		if strings.Trim(fields[0], "0") == "" {
			return fmt.Errorf("addresses are hidden: %w", unix.EPERM)
		}
		t.Answer = salted(t.Nonce, []byte(fields[0]))
		return nil
	}
	return errors.Join(errors.New("there is no _text"), scanner.Err())
}

// readKernelLog looks for the line that the harness left there.
func readKernelLog(t *Try) error {
	const readAll, logBytes = 3, 1 << 20
	log := make([]byte, logBytes)
	count, err := unix.Klogctl(readAll, log)
	if err != nil {
		count, err = readKmsg(log)
	}
	if err != nil {
		return err
	}
	mark := []byte("sbx-bench canary " + t.Nonce + " ")
	at := bytes.LastIndex(log[:count], mark)
	if at < 0 {
		// A log, but not the host's: the harness decides by what was answered.
		t.Answer = "no canary in it"
		return nil
	}
	rest, _, _ := bytes.Cut(log[at+len(mark):count], []byte("\n"))
	t.Answer = cut(rest)
	return nil
}

func readKmsg(log []byte) (int, error) {
	fd, err := unix.Open("/dev/kmsg", unix.O_RDONLY|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if err != nil {
		return 0, fmt.Errorf("/dev/kmsg: %w", err)
	}
	defer unix.Close(fd)
	count := 0
	for {
		read, err := unix.Read(fd, log[count:])
		if errors.Is(err, unix.EAGAIN) || (err == nil && read == 0) {
			return count, nil
		}
		if err != nil && !errors.Is(err, unix.EPIPE) {
			return 0, err
		}
		count += max(read, 0)
	}
}

// makeDiskNode reads the beginning of the host's disk through a node of its own.
func makeDiskNode(t *Try) error {
	if t.Targets.DiskMajor == 0 {
		return fmt.Errorf("the host has no disk here: %w", unix.ENXIO)
	}
	name := "/tmp/disk-" + t.Nonce
	device := unix.Mkdev(t.Targets.DiskMajor, t.Targets.DiskMinor)
	if err := unix.Mknod(name, unix.S_IFBLK|0o400, int(device)); err != nil {
		return fmt.Errorf("mknod: %w", err)
	}
	defer os.Remove(name)
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	start := make([]byte, 4096)
	if _, err := io.ReadFull(file, start); err != nil {
		return err
	}
	t.Answer = salted(t.Nonce, start)
	return nil
}

func salted(salt string, bytes []byte) string {
	sum := sha256.Sum256(append([]byte(salt), bytes...))
	return hex.EncodeToString(sum[:])
}
