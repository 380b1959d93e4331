// Command inspect runs in the sandbox and says what it finds there.
package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"
)

func main() {
	switch verb := os.Args[1]; verb {
	case "read":
		text, err := os.ReadFile(os.Args[2])
		report(strings.TrimSuffix(string(text), "\n"), err)
	case "list":
		entries, err := os.ReadDir(os.Args[2])
		var names []string
		for _, entry := range entries {
			names = append(names, entry.Name())
		}
		report(strings.Join(names, " "), err)
	case "write":
		report("written", os.WriteFile(os.Args[2], []byte("x"), 0o644))
	case "open-for-writing":
		file, err := os.OpenFile(os.Args[2], os.O_WRONLY, 0)
		file.Close()
		report("opened", err)
	case "fill":
		report(fill(os.Args[2]))
	case "syscall":
		number, _ := strconv.Atoi(os.Args[2])
		_, _, errno := syscall.RawSyscall(uintptr(number), 0, 0, 0)
		report(fmt.Sprintf("errno %d", int(errno)), nil)
	case "open-files":
		var limit syscall.Rlimit
		err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit)
		report(fmt.Sprintf("hard %d", limit.Max), err)
	case "hostname":
		report(os.Hostname())
	case "identity":
		report(fmt.Sprintf("pid %d uid %d gid %d", os.Getpid(), os.Getuid(), os.Getgid()), nil)
	case "loopback":
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err == nil {
			_, err = net.Dial("tcp", listener.Addr().String())
		}
		report("connected", err)
	case "link":
		report(os.Readlink(os.Args[2]))
	case "env":
		report(os.Getenv(os.Args[2]), nil)
	default:
		report("", fmt.Errorf("unknown verb %q", verb))
	}
}

func report(text string, err error) {
	var errno syscall.Errno
	if errors.As(err, &errno) {
		text = "errno " + strconv.Itoa(int(errno))
	} else if err != nil {
		text = "error " + err.Error()
	}
	fmt.Println(text)
}

// fill writes until the file system is full.
func fill(path string) (string, error) {
	file, err := os.Create(path)
	if err != nil {
		return "", err
	}
	block := make([]byte, 4096)
	for written := 0; ; written += len(block) {
		if _, err := file.Write(block); errors.Is(err, syscall.ENOSPC) {
			return fmt.Sprintf("full at %d", written), nil
		} else if err != nil {
			return "", err
		}
	}
}
