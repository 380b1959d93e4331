package main

import (
	"os"
	"runtime"
	"strconv"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"

	"sbxbench/scenarios/internal/bench"
)

const currentDir = ^uintptr(99) // AT_FDCWD, -100

// inDir makes an op in a folder of its own, removed when the op is done. The folder is the current one, so that
// names are as short in every sandbox: the kernel walks a path folder by folder, and native's is a long one.
func inDir(variable string, op func() (bench.Op, error)) func() (bench.Op, error) {
	return func() (bench.Op, error) {
		leave, err := bench.EnterTempDir(variable)
		if err != nil {
			return bench.Op{}, err
		}
		made, err := op()
		if err != nil {
			leave()
			return bench.Op{}, err
		}
		inner := made.Close
		made.Close = func() {
			if inner != nil {
				inner()
			}
			leave()
		}
		return made, nil
	}
}

func makeFile() (*byte, error) {
	const name = "file"
	if err := os.WriteFile(name, []byte("x"), 0o600); err != nil {
		return nil, err
	}
	return unix.BytePtrFromString(name)
}

func openClose() (bench.Op, error) {
	path, err := makeFile()
	if err != nil {
		return bench.Op{}, err
	}
	return bench.Op{Run: func(n int) {
		for range n {
			fd, _, errno := syscall.RawSyscall6(unix.SYS_OPENAT, currentDir, uintptr(unsafe.Pointer(path)), unix.O_RDONLY|unix.O_CLOEXEC, 0, 0, 0)
			bench.MustErrno("openat", errno)
			_, _, errno = syscall.RawSyscall(unix.SYS_CLOSE, fd, 0, 0)
			bench.MustErrno("close", errno)
		}
	}}, nil
}

func stat() (bench.Op, error) {
	path, err := makeFile()
	if err != nil {
		return bench.Op{}, err
	}
	result := new(unix.Stat_t)
	c := call{name: "newfstatat", number: unix.SYS_NEWFSTATAT, a1: currentDir, a2: uintptr(unsafe.Pointer(path)), a3: uintptr(unsafe.Pointer(result))}
	return bench.Op{Run: c.repeat, Close: func() {
		runtime.KeepAlive(path)
		runtime.KeepAlive(result)
	}}, nil
}

const listedFiles = 16

// getdents lists a folder of 16 files; the rewind before it is part of the iteration.
func getdents() (bench.Op, error) {
	for i := range listedFiles {
		if err := os.WriteFile(strconv.Itoa(i), nil, 0o600); err != nil {
			return bench.Op{}, err
		}
	}
	fd, err := unix.Open(".", unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err != nil {
		return bench.Op{}, err
	}
	buffer := make([]byte, block)
	return bench.Op{
		Run: func(n int) {
			for range n {
				_, _, errno := syscall.RawSyscall(unix.SYS_LSEEK, uintptr(fd), 0, unix.SEEK_SET)
				bench.MustErrno("lseek", errno)
				listed, _, errno := syscall.RawSyscall(unix.SYS_GETDENTS64, uintptr(fd), uintptr(unsafe.Pointer(&buffer[0])), block)
				bench.MustErrno("getdents64", errno)
				if listed == 0 {
					bench.Must("getdents64", unix.ENOENT)
				}
			}
		},
		Close: func() { unix.Close(fd) },
	}, nil
}
