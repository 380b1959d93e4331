package main

import (
	"runtime"
	"sync/atomic"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"

	"sbxbench/scenarios/internal/bench"
)

const (
	futexWaitPrivate = 0 | 128
	futexWakePrivate = 1 | 128
)

// turn is a futex word that two threads hand to each other.
type turn struct{ holder atomic.Uint32 }

const (
	mainHolds uint32 = iota
	otherHolds
	nobodyHolds
)

func (t *turn) give(to uint32) {
	t.holder.Store(to)
	_, _, errno := syscall.Syscall(unix.SYS_FUTEX, uintptr(unsafe.Pointer(&t.holder)), futexWakePrivate, 1)
	bench.MustErrno("futex wake", errno)
}

// awaitChangeFrom sleeps until the holder is another one, which it returns.
func (t *turn) awaitChangeFrom(holder uint32) uint32 {
	for {
		if now := t.holder.Load(); now != holder {
			return now
		}
		_, _, errno := syscall.Syscall6(unix.SYS_FUTEX, uintptr(unsafe.Pointer(&t.holder)), futexWaitPrivate, uintptr(holder), 0, 0, 0)
		if errno != unix.EAGAIN && errno != unix.EINTR {
			bench.MustErrno("futex wait", errno)
		}
	}
}

// futexWakeWait hands a futex word to another thread and back: an iteration is the round trip.
func futexWakeWait() (bench.Op, error) {
	t := new(turn)
	stopped := make(chan struct{})
	go func() {
		runtime.LockOSThread()
		defer close(stopped)
		for t.awaitChangeFrom(mainHolds) == otherHolds {
			t.give(mainHolds)
		}
	}()
	return bench.Op{
		Run: func(n int) {
			for range n {
				t.give(otherHolds)
				t.awaitChangeFrom(otherHolds)
			}
		},
		Close: func() {
			t.give(nobodyHolds)
			<-stopped
		},
	}, nil
}

// epollWait asks for events of which one, of an eventfd, is ready.
func epollWait() (bench.Op, error) {
	epfd, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		return bench.Op{}, err
	}
	event, err := unix.Eventfd(1, unix.EFD_CLOEXEC)
	if err != nil {
		return bench.Op{}, err
	}
	if err := unix.EpollCtl(epfd, unix.EPOLL_CTL_ADD, event, &unix.EpollEvent{Events: unix.EPOLLIN}); err != nil {
		return bench.Op{}, err
	}
	events := make([]unix.EpollEvent, 1)
	c := call{name: "epoll_pwait", number: unix.SYS_EPOLL_PWAIT, a1: uintptr(epfd), a2: uintptr(unsafe.Pointer(&events[0])), a3: 1, expected: 1}
	return bench.Op{
		Run: c.repeat,
		Close: func() {
			runtime.KeepAlive(events)
			closeAll(event, epfd)
		},
	}, nil
}

const asked = 50 * time.Microsecond

// nanosleepWakeup is by how much a sleep of 50 us lasts longer than that.
func nanosleepWakeup(clock *bench.Clock) bench.Op {
	request := unix.NsecToTimespec(int64(asked))
	return bench.Op{
		Sample: func() int64 {
			t0 := clock.Now()
			_, _, errno := syscall.Syscall(unix.SYS_NANOSLEEP, uintptr(unsafe.Pointer(&request)), 0, 0)
			ticks := clock.Now() - t0
			if errno == unix.EINTR {
				return -1
			}
			bench.MustErrno("nanosleep", errno)
			return ticks
		},
		OffsetNs: float64(asked),
	}
}
