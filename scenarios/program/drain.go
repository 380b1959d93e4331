package main

import (
	"fmt"
	"syscall"
	"time"

	"sbxbench/scenarios/internal/hosted"
)

// drain reads a pipe to its end, counts, and keeps both ends. It reads with plain blocking calls: Go's own
// files would add an epoll to each, and inside a sandbox that is dear and would disturb the command.
type drain struct {
	read, write int
	done        chan struct{}
	started     bool

	// Valid once it has ended.
	hosted.Kept
}

func newDrain() (*drain, error) {
	var ends [2]int
	if err := syscall.Pipe2(ends[:], syscall.O_CLOEXEC); err != nil {
		return nil, fmt.Errorf("pipe: %w", err)
	}
	return &drain{read: ends[0], write: ends[1], done: make(chan struct{})}, nil
}

func (d *drain) writer() uintptr { return uintptr(d.write) }

// start closes our copy of the writing end, which the command has by now.
func (d *drain) start() {
	syscall.Close(d.write)
	d.started = true
	go func() {
		defer close(d.done)
		buffer := make([]byte, 64<<10)
		for {
			n, err := syscall.Read(d.read, buffer)
			if err == syscall.EINTR {
				continue
			}
			if n <= 0 || err != nil {
				return
			}
			d.Add(buffer[:n])
		}
	}()
}

// ended waits for the end of the output.
func (d *drain) ended(limit time.Duration) bool {
	select {
	case <-d.done:
		return true
	case <-time.After(limit):
		return false
	}
}

func (d *drain) close() {
	if !d.started {
		syscall.Close(d.write)
	}
	syscall.Close(d.read)
}
