// Command server starts a server and lets the harness drive it: the load comes from outside the sandbox.
package main

import (
	"fmt"
	"net"
	"os"
	"strconv"
	"time"

	"sbxbench/scenarios/internal/bench"
	"sbxbench/scenarios/internal/hosted"
)

func main() {
	b := bench.Start("server")
	port := b.Int("port")
	s, err := start(b, port)
	if err != nil {
		bench.Fail(err)
	}
	line := b.Serve()
	select {
	case status := <-s.ended:
		b.Check("exit-status", "still serving", hosted.Outcome(status))
		os.Stderr.Write(s.said())
	case said := <-line:
		report(b, said, port)
		s.stop()
		if said != bench.Served {
			// The harness has its own words for what was wrong; these are the server's.
			os.Stderr.Write(s.said())
		}
	}
	b.End()
}

// report says what only the inside can: whether the port that cannot be reached from outside is there at all.
func report(b *bench.Bench, said string, port int) {
	if said != bench.Unreachable {
		return
	}
	const anywhere, loopback = "listens on all addresses", "listens on loopback only"
	connection, err := net.DialTimeout("tcp", net.JoinHostPort("localhost", strconv.Itoa(port)), time.Second)
	if err != nil {
		connection, err = net.DialTimeout("tcp", fmt.Sprintf("127.0.0.1:%d", port), time.Second)
	}
	if err != nil {
		b.Check("listens", anywhere, "does not listen")
		return
	}
	connection.Close()
	b.Check("listens", anywhere, loopback)
}
