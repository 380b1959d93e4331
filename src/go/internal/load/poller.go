package load

import (
	"fmt"
	"unsafe"

	"golang.org/x/sys/unix"
)

// poller waits for sockets with a limit in ns: epoll_pwait2(2). Go's own network poller rounds its timers to 1 ms
// where nothing else is to do, and wakes another thread for each event.
type poller struct {
	fd     int
	events [256]unix.EpollEvent
	// Kernels before 5.11 have only ms; then the last one is spent polling.
	coarse bool
}

func newPoller() (*poller, error) {
	fd, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("epoll: %w", err)
	}
	return &poller{fd: fd}, nil
}

func (p *poller) add(fd int, events uint32, key int32) error {
	return unix.EpollCtl(p.fd, unix.EPOLL_CTL_ADD, fd, &unix.EpollEvent{Events: events, Fd: key})
}

func (p *poller) change(fd int, events uint32, key int32) error {
	return unix.EpollCtl(p.fd, unix.EPOLL_CTL_MOD, fd, &unix.EpollEvent{Events: events, Fd: key})
}

// wait returns what is ready after at most so many ns.
func (p *poller) wait(ns int64) ([]unix.EpollEvent, error) {
	ns = max(0, ns)
	if !p.coarse {
		limit := unix.NsecToTimespec(ns)
		count, _, errno := unix.Syscall6(unix.SYS_EPOLL_PWAIT2, uintptr(p.fd), uintptr(unsafe.Pointer(&p.events[0])),
			uintptr(len(p.events)), uintptr(unsafe.Pointer(&limit)), 0, 0)
		switch errno {
		case 0:
			return p.events[:count], nil
		case unix.EINTR:
			return nil, nil
		case unix.ENOSYS:
			p.coarse = true
		default:
			return nil, fmt.Errorf("epoll_pwait2: %w", errno)
		}
	}
	count, err := unix.EpollWait(p.fd, p.events[:], int(ns/1e6))
	if err == unix.EINTR {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("epoll_wait: %w", err)
	}
	return p.events[:count], nil
}

func (p *poller) close() { unix.Close(p.fd) }
