package load

import (
	"errors"
	"fmt"

	"golang.org/x/sys/unix"
)

type connState int

const (
	closed connState = iota
	connecting
	idle
	busy
)

// conn is one connection to the server: at most one request is under way on it.
type conn struct {
	key    int32
	fd     int
	state  connState
	reader reader
	// Not written yet.
	pending []byte
	// Of the request under way, and since when it can take another; ns.
	intended, sentAt, freeAt int64
	// When to connect again; ns.
	retryAt int64
}

// errGone: the server closed a connection on which nothing was under way.
var errGone = errors.New("connection closed")

// dial begins to connect; address is IPv4.
func (c *conn) dial(poller *poller, address *unix.SockaddrInet4) error {
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM|unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return fmt.Errorf("socket: %w", err)
	}
	c.fd = fd
	_ = unix.SetsockoptInt(fd, unix.IPPROTO_TCP, unix.TCP_NODELAY, 1)
	// Closing resets: the next launch's server is to find its port free of TIME-WAIT, on either side.
	_ = unix.SetsockoptLinger(fd, unix.SOL_SOCKET, unix.SO_LINGER, &unix.Linger{Onoff: 1})
	if err := unix.Connect(fd, address); err != nil && err != unix.EINPROGRESS {
		unix.Close(fd)
		return err
	}
	if err := poller.add(fd, unix.EPOLLIN|unix.EPOLLOUT, c.key); err != nil {
		unix.Close(fd)
		return fmt.Errorf("epoll: %w", err)
	}
	c.state = connecting
	return nil
}

// connected asks what came of it.
func (c *conn) connected() error {
	code, err := unix.GetsockoptInt(c.fd, unix.SOL_SOCKET, unix.SO_ERROR)
	if err != nil {
		return err
	}
	if code != 0 {
		return unix.Errno(code)
	}
	return nil
}

// send writes the request, or as much of it as the kernel takes.
func (c *conn) send(poller *poller, request []byte) error {
	c.pending = request
	return c.flush(poller)
}

func (c *conn) flush(poller *poller) error {
	for len(c.pending) > 0 {
		n, err := unix.Write(c.fd, c.pending)
		if err == unix.EINTR {
			continue
		}
		if err == unix.EAGAIN {
			return poller.change(c.fd, unix.EPOLLIN|unix.EPOLLOUT, c.key)
		}
		if err != nil {
			return err
		}
		c.pending = c.pending[n:]
	}
	return nil
}

// read hands what came to the reader. done: the answer is complete.
func (c *conn) read(buffer []byte) (done bool, err error) {
	for {
		n, err := unix.Read(c.fd, buffer)
		switch {
		case err == unix.EINTR:
			continue
		case err == unix.EAGAIN:
			return false, nil
		case err != nil:
			return false, err
		case n == 0:
			if c.state == busy && c.reader.ended() {
				return true, nil
			}
			return false, errGone
		case c.state != busy:
			return false, errors.New("it sent something that nobody asked for")
		}
		done, err = c.reader.feed(buffer[:n])
		// A full buffer may not have been all.
		if done || err != nil || n < len(buffer) {
			return done, err
		}
	}
}

func (c *conn) close() {
	if c.state != closed {
		unix.Close(c.fd)
	}
	c.state, c.pending = closed, nil
	c.reader.reset()
}
