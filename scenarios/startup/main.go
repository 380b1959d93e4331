// Command startup says hello and ends: everything that matters about it is timed by the host.
package main

import (
	"os"
	"time"

	"sbxbench/scenarios/internal/protocol"
)

func main() {
	if burn := burnTime(os.Getenv("SBX_PARAMS")); burn > 0 {
		for start := time.Now(); time.Since(start) < burn; {
		}
	}
	protocol.Hello("startup")
	protocol.End()
}
