// Command server starts a server and lets the harness drive it: the load comes from outside the sandbox.
package main

import (
	"net"
	"os"
	"strconv"
	"time"

	"sbxbench/scenarios/internal/bench"
	"sbxbench/scenarios/internal/hosted"
)

func main() {
	b := bench.Start("server")
	p := readParams(b)
	s, err := start(p)
	if err != nil {
		bench.Fail(err)
	}
	line := b.Serve()
	select {
	case status := <-s.ended:
		b.Check("exit-status", "still serving", hosted.Outcome(status))
		os.Stderr.Write(s.said())
	case said := <-line:
		if said == bench.Unreachable {
			actual := whereItListens(p.port)
			b.Check("listens", anywhere, actual)
		}
		s.stop()
		if said != bench.Served {
			// The harness has its own words for what was wrong; these are the server's.
			os.Stderr.Write(s.said())
		}
	}
	b.End()
}

const anywhere, onLoopback, nowhere = "listens on all addresses", "listens on loopback only", "does not listen"

// whereItListens is asked where the port can't be reached from outside: only the inside can tell whether it is there.
func whereItListens(port int) string {
	// Either family: localhost may be both.
	for _, host := range []string{"127.0.0.1", "::1"} {
		connection, err := net.DialTimeout("tcp", net.JoinHostPort(host, strconv.Itoa(port)), time.Second)
		if err == nil {
			connection.Close()
			return onLoopback
		}
	}
	return nowhere
}
