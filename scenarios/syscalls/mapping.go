package main

import (
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"

	"sbxbench/scenarios/internal/bench"
)

const pageBytes = 4096

// mapPages maps anonymous memory without huge pages, so that every page faults on its own.
func mapPages(pages int) unsafe.Pointer {
	memory, err := unix.MmapPtr(-1, 0, nil, uintptr(pages*pageBytes), unix.PROT_READ|unix.PROT_WRITE, unix.MAP_PRIVATE|unix.MAP_ANONYMOUS)
	bench.Must("mmap", err)
	// Refused by kernels without huge pages, where there is nothing to switch off.
	_, _, _ = syscall.RawSyscall(unix.SYS_MADVISE, uintptr(memory), uintptr(pages*pageBytes), unix.MADV_NOHUGEPAGE)
	return memory
}

// mmapTouchMunmap maps one page, writes to it and unmaps it.
func mmapTouchMunmap() (bench.Op, error) {
	return bench.Op{Run: func(n int) {
		for range n {
			memory, _, errno := syscall.RawSyscall6(unix.SYS_MMAP, 0, pageBytes, unix.PROT_READ|unix.PROT_WRITE,
				unix.MAP_PRIVATE|unix.MAP_ANONYMOUS, ^uintptr(0), 0)
			bench.MustErrno("mmap", errno)
			touch(memory)
			_, _, errno = syscall.RawSyscall(unix.SYS_MUNMAP, memory, pageBytes, 0)
			bench.MustErrno("munmap", errno)
		}
	}}, nil
}

// Always as many pages at a time: the cost of one depends on how many neighbours fault with it.
const faultPages = 256

// pageFault writes to fresh pages, in ascending order.
func pageFault() (bench.Op, error) {
	var memory unsafe.Pointer
	return bench.Op{
		Before: func(n int) { memory = mapPages(n) },
		Run: func(n int) {
			for i := range n {
				*(*byte)(unsafe.Add(memory, i*pageBytes)) = 1
			}
		},
		After: func(n int) {
			bench.Must("munmap", unix.MunmapPtr(memory, uintptr(n*pageBytes)))
		},
		Batch: faultPages,
	}, nil
}
