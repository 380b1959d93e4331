package probes

import (
	"net"
	"strconv"
	"unsafe"

	"golang.org/x/sys/unix"
)

// hold shows a descriptor to the harness, which knows by its kind whose kernel made it.
func hold(t *Try, fd uintptr, errno unix.Errno) error {
	if errno != 0 {
		return errno
	}
	t.Hold()
	return unix.Close(int(fd))
}

func bpfMap(t *Try) error {
	// union bpf_attr for BPF_MAP_CREATE: type, key size, value size, entries, flags; bpf(2).
	const mapCreate, mapArray = 0, 2
	attributes := struct{ kind, key, value, entries, flags uint32 }{mapArray, 4, 4, 1, 0}
	fd, _, errno := unix.Syscall(unix.SYS_BPF, mapCreate, uintptr(unsafe.Pointer(&attributes)), unsafe.Sizeof(attributes))
	return hold(t, fd, errno)
}

func perfEvent(t *Try) error {
	attributes := unix.PerfEventAttr{
		Type:   unix.PERF_TYPE_SOFTWARE,
		Config: unix.PERF_COUNT_SW_CPU_CLOCK,
		Size:   uint32(unsafe.Sizeof(unix.PerfEventAttr{})),
	}
	fd, err := unix.PerfEventOpen(&attributes, -1, 0, -1, unix.PERF_FLAG_FD_CLOEXEC)
	if err != nil {
		return err
	}
	return hold(t, uintptr(fd), 0)
}

func ioUring(t *Try) error {
	var parameters [120]byte
	fd, _, errno := unix.Syscall(unix.SYS_IO_URING_SETUP, 1, uintptr(unsafe.Pointer(&parameters)), 0)
	return hold(t, fd, errno)
}

// userfault asks for faults of the kernel, too: those are what exploits stop it with.
func userfault(t *Try) error {
	fd, _, errno := unix.Syscall(unix.SYS_USERFAULTFD, unix.O_CLOEXEC|unix.O_NONBLOCK, 0, 0)
	return hold(t, fd, errno)
}

func packetSocket(t *Try) error {
	fd, err := unix.Socket(unix.AF_PACKET, unix.SOCK_RAW|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return err
	}
	return hold(t, uintptr(fd), 0)
}

func hostLoopback(t *Try) error {
	return leaveAt(t, "tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(t.Targets.LoopbackPort)))
}
