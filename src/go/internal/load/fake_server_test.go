package load

import (
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// serveEcho answers each request of size bytes after its service time: the n-th that arrives, on whatever connection.
func serveEcho(t *testing.T, size int, serviceNs func(n int) int64) int {
	t.Helper()
	port, _ := serveKnown(t, size, serviceNs)
	return port
}

// serveKnown tells, too, how long each took in truth, in order of arrival: on a busy host a sleep is longer than asked.
func serveKnown(t *testing.T, size int, serviceNs func(n int) int64) (port int, took func() []int64) {
	t.Helper()
	listener, port := listen(t)
	var lock sync.Mutex
	var durations []int64
	serve := func(fd int) {
		defer unix.Close(fd)
		runtime.LockOSThread()
		Favour()
		message := make([]byte, size)
		for {
			if n, err := unix.Read(fd, message); n != size || err != nil {
				return
			}
			began := now()
			lock.Lock()
			n := len(durations)
			durations = append(durations, 0)
			lock.Unlock()
			sleepUntil(began + serviceNs(n))
			lock.Lock()
			durations[n] = now() - began
			lock.Unlock()
			if _, err := unix.Write(fd, message); err != nil {
				return
			}
		}
	}
	go func() {
		for {
			fd, _, err := unix.Accept4(listener, unix.SOCK_CLOEXEC)
			if err != nil {
				return
			}
			go serve(fd)
		}
	}()
	return port, func() []int64 {
		lock.Lock()
		defer lock.Unlock()
		return slices.Clone(durations)
	}
}

// listen makes a socket that blocks: Go's own poller, which looks every 10 ms while all processors are in use, would be
// measured in the server's place.
func listen(t *testing.T) (fd, port int) {
	t.Helper()
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = unix.Shutdown(fd, unix.SHUT_RDWR)
		unix.Close(fd)
	})
	if err := unix.Bind(fd, &unix.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		t.Fatal(err)
	}
	if err := unix.Listen(fd, 128); err != nil {
		t.Fatal(err)
	}
	address, err := unix.Getsockname(fd)
	if err != nil {
		t.Fatal(err)
	}
	return fd, address.(*unix.SockaddrInet4).Port
}

func serveHTTP(t *testing.T, handler http.HandlerFunc) int {
	t.Helper()
	server := httptest.NewUnstartedServer(handler)
	server.Config.Protocols = new(http.Protocols)
	server.Config.Protocols.SetHTTP1(true)
	server.Config.Protocols.SetUnencryptedHTTP2(true)
	server.Start()
	t.Cleanup(server.Close)
	return server.Listener.Addr().(*net.TCPAddr).Port
}

func planFor(protocol Protocol, port int) *Plan {
	return &Plan{
		Protocol: protocol, Host: "127.0.0.1", Port: port, Method: "GET", Path: "/", Body: "",
		Connections: 2, Arrivals: Constant, Seed: 1, Rates: []float64{200}, WarmupMs: 50, DurationMs: 500,
		TimeoutMs: 1000, UpTimeoutMs: 500, P99LimitMs: 1000, MaxLagMs: 1000,
	}
}

// drive returns what each rate gave, or fails the test.
func drive(t *testing.T, plan *Plan) ([]Result, Capacity) {
	t.Helper()
	if err := plan.Check(); err != nil {
		t.Fatal(err)
	}
	var results []Result
	capacity, err := Drive(plan, Events{
		PhaseBegins: func(float64) {},
		Phase:       func(result Result) { results = append(results, result) },
		Skipped:     func(float64, string) {},
	})
	if err != nil {
		t.Fatal(err)
	}
	return results, capacity
}

func ms(n float64) int64 { return int64(n * float64(time.Millisecond)) }
