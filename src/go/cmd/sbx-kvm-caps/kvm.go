package main

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// linux/kvm.h. A struct kvm_cpuid2 is eight bytes of header (count, padding)
// and its entries; the ioctl's number holds the size of the header.
const (
	getAPIVersion     = 0xae00
	checkExtensionReq = 0xae03
	getSupportedCPUID = 0xc008ae05
	capNestedState    = 157

	// The kernel answers E2BIG to a smaller table than it needs; its own limit is 256.
	maxEntries = 256
)

type cpuidEntry struct {
	Function, Index, Flags uint32
	EAX, EBX, ECX, EDX     uint32
	_                      [3]uint32
}

type cpuidTable struct {
	count   uint32
	_       uint32
	entries [maxEntries]cpuidEntry
}

func (t *cpuidTable) find(function, index uint32) cpuidEntry {
	for _, entry := range t.entries[:min(t.count, maxEntries)] {
		if entry.Function == function && entry.Index == index {
			return entry
		}
	}
	return cpuidEntry{}
}

func apiVersion(fd uintptr) (int, error) {
	return ioctl(fd, getAPIVersion, 0)
}

func checkExtension(fd uintptr, extension uintptr) (int, error) {
	return ioctl(fd, checkExtensionReq, extension)
}

func supportedCPUID(fd uintptr) (*cpuidTable, error) {
	table := &cpuidTable{count: maxEntries}
	_, _, errno := unix.Syscall(unix.SYS_IOCTL, fd, getSupportedCPUID, uintptr(unsafe.Pointer(table)))
	if errno != 0 {
		return nil, errno
	}
	return table, nil
}

func ioctl(fd, request, argument uintptr) (int, error) {
	result, _, errno := unix.Syscall(unix.SYS_IOCTL, fd, request, argument)
	if errno != 0 {
		return 0, errno
	}
	return int(result), nil
}
