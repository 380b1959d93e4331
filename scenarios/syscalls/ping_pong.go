package main

import (
	"runtime"
	"slices"
	"sync/atomic"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"

	"sbxbench/scenarios/internal/bench"
)

// pingPong bounces a message of `size` bytes between this thread and another one: an iteration is a round trip.
// `there` and `back` are pairs of file descriptors: read end, write end.
func pingPong(there, back [2]int, size int) bench.Op {
	var stop atomic.Bool
	stopped := make(chan struct{})
	go func() {
		runtime.LockOSThread()
		defer close(stopped)
		message := make([]byte, size)
		for {
			receive(there[0], message)
			if stop.Load() {
				return
			}
			send(back[1], message)
		}
	}()
	message := make([]byte, size)
	message[0] = 1
	return bench.Op{
		Run: func(n int) {
			for range n {
				send(there[1], message)
				receive(back[0], message)
			}
		},
		Close: func() {
			stop.Store(true)
			send(there[1], message)
			<-stopped
			closeAll(there[0], there[1], back[0], back[1])
		},
	}
}

// closeAll closes each descriptor once: both ends of an eventfd are the same one.
func closeAll(fds ...int) {
	slices.Sort(fds)
	for _, fd := range slices.Compact(fds) {
		unix.Close(fd)
	}
}

func send(fd int, message []byte) { moveAll("write", unix.SYS_WRITE, fd, message) }

func receive(fd int, message []byte) { moveAll("read", unix.SYS_READ, fd, message) }

// moveAll repeats a call that a signal of the Go runtime has interrupted.
func moveAll(call string, number uintptr, fd int, message []byte) {
	for {
		_, _, errno := syscall.Syscall(number, uintptr(fd), uintptr(unsafe.Pointer(&message[0])), uintptr(len(message)))
		if errno != unix.EINTR {
			bench.MustErrno(call, errno)
			return
		}
	}
}

func pipePingPong() (bench.Op, error) {
	var there, back [2]int
	if err := unix.Pipe2(there[:], unix.O_CLOEXEC); err != nil {
		return bench.Op{}, err
	}
	if err := unix.Pipe2(back[:], unix.O_CLOEXEC); err != nil {
		return bench.Op{}, err
	}
	return pingPong(there, back, 1), nil
}

func eventfdPingPong() (bench.Op, error) {
	there, err := unix.Eventfd(0, unix.EFD_CLOEXEC)
	if err != nil {
		return bench.Op{}, err
	}
	back, err := unix.Eventfd(0, unix.EFD_CLOEXEC)
	if err != nil {
		return bench.Op{}, err
	}
	const counterBytes = 8
	return pingPong([2]int{there, there}, [2]int{back, back}, counterBytes), nil
}

func socketpairPingPong() (bench.Op, error) {
	pair, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return bench.Op{}, err
	}
	return pingPong([2]int{pair[1], pair[0]}, [2]int{pair[0], pair[1]}, 1), nil
}
