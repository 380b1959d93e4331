// Command startup says hello and ends: everything that matters about it is timed by the host.
package main

import "sbxbench/scenarios/internal/protocol"

func main() {
	protocol.Hello("startup")
	protocol.End()
}
