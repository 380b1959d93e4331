package load

import (
	"context"
	"errors"
	"io"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"time"

	"golang.org/x/sys/unix"
)

// Requests that may be under way on one connection: what RFC 9113, section 6.5.2 asks servers to allow at least.
const streamsEach = 100

var errHTTP2 = errors.New("the answer is not HTTP/2")

// http2Driver spends a goroutine and the standard library's client on each request: slower than the engine by an order
// of magnitude, and its lag says so.
type http2Driver struct {
	plan    *Plan
	clients []*http.Client
	free    chan struct{}
	lock    sync.Mutex
}

func newHTTP2Driver(plan *Plan) *http2Driver {
	d := &http2Driver{plan: plan, free: make(chan struct{}, plan.Connections*streamsEach)}
	for range plan.Connections {
		d.clients = append(d.clients, http2Client(plan))
	}
	return d
}

func http2Client(plan *Plan) *http.Client {
	var protocols http.Protocols
	protocols.SetUnencryptedHTTP2(true)
	return &http.Client{
		Transport:     &http.Transport{Protocols: &protocols, DisableCompression: true},
		Timeout:       plan.timeout(),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

func attemptHTTP2(plan *Plan, path string) (string, error) {
	client := http2Client(plan)
	defer client.CloseIdleConnections()
	return askHTTP2(client, plan, path)
}

func askHTTP2(client *http.Client, plan *Plan, path string) (string, error) {
	url := "http://" + plan.address() + path
	request, err := http.NewRequestWithContext(context.Background(), plan.Method, url, strings.NewReader(plan.Body))
	if err != nil {
		return "", err
	}
	for _, header := range plan.Headers {
		name, value, _ := strings.Cut(header, ":")
		if strings.EqualFold(strings.TrimSpace(name), "host") {
			request.Host = strings.TrimSpace(value)
			continue
		}
		request.Header.Add(strings.TrimSpace(name), strings.TrimSpace(value))
	}
	response, err := client.Do(request)
	if err != nil {
		if strings.Contains(err.Error(), "http2:") || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
			return "", errors.Join(errHTTP2, err)
		}
		return "", err
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return "", err
	}
	if !plan.isGood(response.StatusCode) {
		return statusFault(response.StatusCode), nil
	}
	return "", nil
}

func (d *http2Driver) open() error {
	for _, client := range d.clients {
		if _, err := askHTTP2(client, d.plan, d.plan.Path); err != nil {
			return err
		}
	}
	return nil
}

func (d *http2Driver) run(schedule []int64, record *record, limit int64) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var all sync.WaitGroup
	for i, intended := range schedule {
		sleepUntil(intended)
		freeAt := d.take(limit)
		if freeAt < 0 {
			d.giveUp(schedule[i:], record)
			break
		}
		record.begin(now())
		client := d.clients[i%len(d.clients)]
		all.Go(func() {
			at := now()
			d.locked(func() { record.sent(intended, freeAt, at) })
			fault, err := askHTTP2(client, d.plan, d.plan.Path)
			at = now()
			d.locked(func() { note(record, intended, at, fault, err) })
			<-d.free
		})
	}
	all.Wait()
	return nil
}

// take waits for a stream: since when it is free (0: at once), or -1 where none came in time.
func (d *http2Driver) take(limit int64) int64 {
	select {
	case d.free <- struct{}{}:
		return 0
	default:
	}
	select {
	case d.free <- struct{}{}:
		return now()
	case <-time.After(time.Duration(limit - now())):
		return -1
	}
}

func note(record *record, intended, at int64, fault string, err error) {
	switch {
	case err == nil:
		record.got(intended, at, fault)
	case isTimeout(err):
		record.lost(intended, at, true)
	default:
		record.got(intended, at, causeOf(err))
	}
}

func isTimeout(err error) bool {
	var failed interface{ Timeout() bool }
	return errors.As(err, &failed) && failed.Timeout()
}

func (d *http2Driver) giveUp(unsent []int64, record *record) {
	at := now()
	d.locked(func() {
		for _, intended := range unsent {
			record.lost(intended, at, false)
		}
	})
}

func (d *http2Driver) locked(do func()) {
	d.lock.Lock()
	defer d.lock.Unlock()
	do()
}

func (d *http2Driver) close() {
	for _, client := range d.clients {
		client.CloseIdleConnections()
	}
}

// sleepUntil is exact to the kernel's wake-up; Go's own timers are not.
func sleepUntil(at int64) {
	for now() < at {
		until := unix.NsecToTimespec(at)
		_ = unix.ClockNanosleep(unix.CLOCK_MONOTONIC, unix.TIMER_ABSTIME, &until, nil)
	}
}
