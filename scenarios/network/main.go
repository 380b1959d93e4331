// Command network times TCP round trips, a TCP stream and HTTP requests, over loopback and over the veth pair.
//
// Started with SBX_ROLE=peer it is the far end of the veth pair.
package main

import (
	"net"
	"os"

	"sbxbench/scenarios/internal/bench"
)

func main() {
	if os.Getenv("SBX_ROLE") == "peer" {
		servePeer()
		return
	}
	b := bench.Start("network")

	loopback, err := serveLoopback()
	for _, s := range services {
		b.Op(s.name+"-lo", func() (bench.Op, error) {
			if err != nil {
				return bench.Op{}, bench.Skip("loopback cannot be used here: " + err.Error())
			}
			return s.client(loopback[s.name])
		})
	}
	peer := os.Getenv("SBX_PEER")
	for _, s := range services {
		b.Op(s.name+"-veth", func() (bench.Op, error) {
			if peer == "" {
				return bench.Op{}, bench.Skip("no far end: only network=sandbox has one")
			}
			return s.client(net.JoinHostPort(peer, s.port))
		})
	}

	b.End()
}
