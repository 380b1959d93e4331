package main

import (
	"os"
	"runtime"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"

	"sbxbench/scenarios/internal/bench"
)

const block = 4096

// Long enough that rewinding, once in 64 reads, costs under 2 % of a read.
const fileBlocks = 64

// inFile makes an op on an open file of 256 KiB in the folder that the variable names.
func inFile(variable string, op func(fd int, buffer []byte) bench.Op) func() (bench.Op, error) {
	return inDir(variable, func() (bench.Op, error) {
		const path = "file"
		if err := os.WriteFile(path, make([]byte, fileBlocks*block), 0o600); err != nil {
			return bench.Op{}, err
		}
		fd, err := unix.Open(path, unix.O_RDWR|unix.O_CLOEXEC, 0)
		if err != nil {
			return bench.Op{}, err
		}
		return withBuffer(fd, op), nil
	})
}

// withBuffer keeps the buffer of a raw call alive and closes the file at the end.
func withBuffer(fd int, op func(fd int, buffer []byte) bench.Op) bench.Op {
	buffer := make([]byte, block)
	made := op(fd, buffer)
	made.Close = func() {
		runtime.KeepAlive(buffer)
		unix.Close(fd)
	}
	return made
}

// moveBlock is a call that must move the whole buffer.
func moveBlock(name string, number uintptr, fd int, buffer []byte) call {
	return call{
		name: name, number: number, a1: uintptr(fd), a2: uintptr(unsafe.Pointer(&buffer[0])),
		a3: uintptr(len(buffer)), expected: uintptr(len(buffer)),
	}
}

// readFile reads on from block to block, and rewinds at the end.
func readFile(fd int, buffer []byte) bench.Op {
	read := moveBlock("read", unix.SYS_READ, fd, buffer)
	at := 0
	return bench.Op{Run: func(n int) {
		for n > 0 {
			if at == fileBlocks {
				_, _, errno := syscall.RawSyscall(unix.SYS_LSEEK, uintptr(fd), 0, unix.SEEK_SET)
				bench.MustErrno("lseek", errno)
				at = 0
			}
			blocks := min(n, fileBlocks-at)
			read.repeat(blocks)
			at += blocks
			n -= blocks
		}
	}}
}

func preadFile(fd int, buffer []byte) bench.Op {
	return bench.Op{Run: moveBlock("pread64", unix.SYS_PREAD64, fd, buffer).repeat}
}

// writeFile writes the same block again and again: it allocates nothing and never syncs.
func writeFile(fd int, buffer []byte) bench.Op {
	return bench.Op{Run: moveBlock("pwrite64", unix.SYS_PWRITE64, fd, buffer).repeat}
}

func readZero() (bench.Op, error) {
	fd, err := unix.Open("/dev/zero", unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return bench.Op{}, bench.Skip("cannot open /dev/zero: " + err.Error())
	}
	return withBuffer(fd, func(fd int, buffer []byte) bench.Op {
		return bench.Op{Run: moveBlock("read", unix.SYS_READ, fd, buffer).repeat}
	}), nil
}
