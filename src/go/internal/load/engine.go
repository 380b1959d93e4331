package load

import (
	"fmt"
	"net"

	"golang.org/x/sys/unix"
)

// engine drives HTTP/1.1 and TCP from one thread: it sends what is due, waits for sockets or for the next time, and
// reads. Nothing is allocated, locked or handed over for a request.
type engine struct {
	exchange  exchange
	timeoutNs int64
	address   *unix.SockaddrInet4
	poller    *poller
	conns     []*conn
	idle      idleRing
	buffer    []byte
	record    *record
}

const (
	retryNs = 10_000_000
	// How often outstanding requests are looked through for those that are too late.
	lookNs = 10_000_000
	// A connection that the listener's queue has no place for is tried again by the kernel after 1 s (tcp(7)).
	connectNs = 5_000_000_000
)

func newEngine(plan *Plan) (*engine, error) {
	ip := net.ParseIP(plan.Host).To4()
	if ip == nil {
		return nil, fmt.Errorf("host %q: has to be an IPv4 address", plan.Host)
	}
	poller, err := newPoller()
	if err != nil {
		return nil, err
	}
	e := &engine{
		exchange: newExchange(plan, plan.Path), timeoutNs: plan.timeout().Nanoseconds(),
		address: &unix.SockaddrInet4{Port: plan.Port, Addr: [4]byte(ip)},
		poller:  poller, buffer: make([]byte, 64<<10), record: newRecord(window{0, 1}),
	}
	e.idle.conns = make([]*conn, plan.Connections)
	for key := range plan.Connections {
		e.conns = append(e.conns, &conn{key: int32(key), reader: e.exchange.newReader()})
	}
	return e, nil
}

// open connects all, so that no request of a phase pays for it.
func (e *engine) open() error {
	limit := now() + connectNs
	for {
		missing := 0
		for _, c := range e.conns {
			if c.state == closed && c.retryAt <= now() {
				e.dial(c)
			}
			if c.state != idle {
				missing++
			}
		}
		if missing == 0 {
			return nil
		}
		if now() > limit {
			return fmt.Errorf("%d of %d connections could not be made within %d s", missing, len(e.conns), int64(connectNs/1e9))
		}
		if err := e.turn(1_000_000); err != nil {
			return err
		}
	}
}

// run sends by the schedule (ns of the monotonic clock) until it is done, or until the limit.
func (e *engine) run(schedule []int64, record *record, limit int64) error {
	e.record = record
	next, nextLook := 0, now()+lookNs
	for {
		at := now()
		for next < len(schedule) && schedule[next] <= at {
			c := e.idle.take()
			if c == nil {
				break
			}
			e.send(c, schedule[next], at)
			next++
			at = now()
		}
		record.begin(at)
		if at >= nextLook {
			e.look(at)
			nextLook = at + lookNs
		}
		if next == len(schedule) && !e.isBusy() {
			return nil
		}
		if at >= limit {
			e.giveUp(schedule[next:], at)
			return nil
		}
		wait := nextLook - at
		if next < len(schedule) && e.idle.count > 0 {
			wait = min(wait, schedule[next]-at)
		}
		if err := e.turn(wait); err != nil {
			return err
		}
	}
}

// turn waits for sockets and handles those that are ready.
func (e *engine) turn(ns int64) error {
	ready, err := e.poller.wait(ns)
	if err != nil {
		return err
	}
	for _, event := range ready {
		e.handle(e.conns[event.Fd], event.Events)
	}
	return nil
}

func (e *engine) handle(c *conn, events uint32) {
	switch c.state {
	case closed:
		return
	case connecting:
		if err := c.connected(); err != nil {
			e.drop(c)
			return
		}
		_ = e.poller.change(c.fd, unix.EPOLLIN, c.key)
		e.release(c)
		return
	}
	if events&unix.EPOLLOUT != 0 && len(c.pending) > 0 {
		if err := c.flush(e.poller); err != nil {
			e.fail(c, err)
			return
		}
		if len(c.pending) == 0 {
			_ = e.poller.change(c.fd, unix.EPOLLIN, c.key)
		}
	}
	if events&^uint32(unix.EPOLLOUT) == 0 {
		return
	}
	done, err := c.read(e.buffer)
	if err != nil {
		e.fail(c, err)
		return
	}
	if done {
		e.record.got(c.intended, now(), c.reader.outcome())
		e.finish(c)
	}
}
