package main

import (
	"fmt"
	"slices"
	"syscall"
	"time"
)

// What is kept of each end of an output for the failure's message. The harness keeps twice 4096 of what we hand on,
// mark and all.
const endBytes = 4000

// kept holds how an output began and how it ended, however much came between.
type kept struct {
	bytes      int64
	head, tail []byte
}

func (k *kept) add(piece []byte) {
	k.bytes += int64(len(piece))
	missing := min(len(piece), endBytes-len(k.head))
	k.head = append(k.head, piece[:missing]...)
	piece = piece[missing:]
	piece = piece[max(0, len(piece)-endBytes):]
	k.tail = append(k.tail[max(0, min(len(k.tail), len(k.tail)+len(piece)-endBytes)):], piece...)
}

// text says how much is left out, where anything is.
func (k *kept) text() []byte {
	mark := ""
	if left := k.bytes - int64(len(k.head)+len(k.tail)); left > 0 {
		mark = fmt.Sprintf("\n[… %d bytes left out …]\n", left)
	}
	return slices.Concat(k.head, []byte(mark), k.tail)
}

// drain reads a pipe to its end, counts, and keeps both ends. It reads with plain blocking calls: Go's own
// files would add an epoll to each, and inside a sandbox that is dear and would disturb the command.
type drain struct {
	read, write int
	done        chan struct{}
	started     bool

	// Valid once it has ended.
	kept
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
			d.add(buffer[:n])
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
