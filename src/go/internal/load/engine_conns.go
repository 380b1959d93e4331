package load

import (
	"errors"

	"golang.org/x/sys/unix"
)

func (e *engine) send(c *conn, intended, at int64) {
	e.record.sent(intended, c.freeAt, at)
	c.state, c.intended, c.sentAt = busy, intended, at
	if err := c.send(e.poller, e.exchange.request); err != nil {
		e.fail(c, err)
	}
}

// finish makes the connection ready for the next request, or makes a new one.
func (e *engine) finish(c *conn) {
	if !c.reader.closes() {
		e.release(c)
		return
	}
	c.close()
	e.dial(c)
}

func (e *engine) release(c *conn) {
	c.reader.reset()
	c.state, c.freeAt = idle, now()
	e.idle.put(c)
}

// fail ends the request under way, if any, as an error of its kind, and connects anew.
func (e *engine) fail(c *conn, err error) {
	if c.state == busy {
		e.record.got(c.intended, now(), faultOf(err))
	} else {
		e.idle.remove(c)
	}
	c.close()
	e.dial(c)
}

func (e *engine) drop(c *conn) {
	c.close()
	c.retryAt = now() + retryNs
}

func (e *engine) dial(c *conn) {
	if err := c.dial(e.poller, e.address); err != nil {
		c.retryAt = now() + retryNs
	}
}

func (e *engine) isBusy() bool {
	for _, c := range e.conns {
		if c.state == busy {
			return true
		}
	}
	return false
}

// look ends requests that are too late and tries lost connections again.
func (e *engine) look(at int64) {
	for _, c := range e.conns {
		switch {
		case c.state == busy && at-c.sentAt > e.timeoutNs:
			e.record.lost(c.intended, at, true)
			c.close()
			e.dial(c)
		case c.state == closed && c.retryAt <= at:
			e.dial(c)
		}
	}
}

// giveUp counts what is left as lost, so that the next rate begins without it.
func (e *engine) giveUp(unsent []int64, at int64) {
	for _, c := range e.conns {
		if c.state == busy {
			e.record.lost(c.intended, at, true)
			c.close()
			e.dial(c)
		}
	}
	for _, intended := range unsent {
		e.record.lost(intended, at, false)
	}
}

func (e *engine) close() {
	for _, c := range e.conns {
		c.close()
	}
	e.poller.close()
}

// faultOf is short and of few kinds: errors are counted by it.
func faultOf(err error) string {
	var errno unix.Errno
	switch {
	case errors.Is(err, errGone):
		return "connection closed before the answer was complete"
	case errors.As(err, &errno):
		return errno.Error()
	}
	return err.Error()
}
