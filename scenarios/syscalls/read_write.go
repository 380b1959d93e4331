package main

import (
	"os"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"

	"sbxbench/scenarios/internal/bench"
)

const block = 4096

// Long enough for 64 reads between two rewinds, so that rewinding costs under 2 % of a read.
const fileBlocks = 64

// inFile makes an op on an open file of 256 KiB in the folder that the variable names.
func inFile(variable string, op func(fd uintptr, buffer []byte) bench.Op) func() (bench.Op, error) {
	return inDir(variable, func(dir string) (bench.Op, error) {
		path := dir + "/file"
		if err := os.WriteFile(path, make([]byte, fileBlocks*block), 0o600); err != nil {
			return bench.Op{}, err
		}
		fd, err := unix.Open(path, unix.O_RDWR|unix.O_CLOEXEC, 0)
		if err != nil {
			return bench.Op{}, err
		}
		made := op(uintptr(fd), make([]byte, block))
		made.Close = func() { unix.Close(fd) }
		return made, nil
	})
}

// readFile reads on and rewinds at the end; the rewind is one lseek in 64 reads.
func readFile(fd uintptr, buffer []byte) bench.Op {
	at := 0
	return bench.Op{Run: func(n int) {
		for range n {
			if at == fileBlocks {
				_, _, errno := syscall.RawSyscall(unix.SYS_LSEEK, fd, 0, unix.SEEK_SET)
				bench.MustErrno("lseek", errno)
				at = 0
			}
			at++
			transfer("read", unix.SYS_READ, fd, buffer, 0)
		}
	}}
}

func preadFile(fd uintptr, buffer []byte) bench.Op {
	return bench.Op{Run: func(n int) {
		for range n {
			transfer("pread64", unix.SYS_PREAD64, fd, buffer, 0)
		}
	}}
}

// writeFile writes the same block again and again: it allocates nothing and never syncs.
func writeFile(fd uintptr, buffer []byte) bench.Op {
	return bench.Op{Run: func(n int) {
		for range n {
			transfer("pwrite64", unix.SYS_PWRITE64, fd, buffer, 0)
		}
	}}
}

func readZero() (bench.Op, error) {
	fd, err := unix.Open("/dev/zero", unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return bench.Op{}, bench.Skip("cannot open /dev/zero: " + err.Error())
	}
	buffer := make([]byte, block)
	return bench.Op{
		Run: func(n int) {
			for range n {
				transfer("read", unix.SYS_READ, uintptr(fd), buffer, 0)
			}
		},
		Close: func() { unix.Close(fd) },
	}, nil
}

// transfer makes one raw call that must move the whole buffer. `offset` counts for pread64 and pwrite64.
func transfer(call string, number, fd uintptr, buffer []byte, offset uintptr) {
	moved, _, errno := syscall.RawSyscall6(number, fd, uintptr(unsafe.Pointer(&buffer[0])), uintptr(len(buffer)), offset, 0, 0)
	bench.MustErrno(call, errno)
	if int(moved) != len(buffer) {
		bench.Must(call, unix.EIO)
	}
}
