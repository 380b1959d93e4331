// Command sbx-netns makes, mends and removes the wire of network=sandbox: two
// network namespaces joined by a veth pair.
//
//	sbx-netns create PREFIX SANDBOX_CIDR PEER_CIDR SANDBOX_FILE PEER_FILE
//	sbx-netns restore SANDBOX_FILE SANDBOX_CIDR
//	sbx-netns delete FILE...
//
// create binds the namespaces to the two files, which must not exist, and
// calls the ends of the pair PREFIX0 (sandbox) and PREFIX1 (peer). restore
// puts the address back that `runsc --network=sandbox` took away. delete may
// be repeated. It needs CAP_SYS_ADMIN and CAP_NET_ADMIN; a failure is one line
// on stderr and exit code 125.
package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"

	"sbxbench/launcher/internal/netpair"
)

// A network namespace belongs to a thread.
func init() {
	runtime.LockOSThread()
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintf(os.Stderr, "sbx-netns: %s\n", strings.ReplaceAll(err.Error(), "\n", "; "))
		os.Exit(125)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 6 && args[0] == "create":
		return netpair.Create(netpair.Pair{
			Prefix:      args[1],
			SandboxCIDR: args[2],
			PeerCIDR:    args[3],
			SandboxFile: args[4],
			PeerFile:    args[5],
		})
	case len(args) == 3 && args[0] == "restore":
		return netpair.Restore(args[1], args[2])
	case len(args) >= 2 && args[0] == "delete":
		return netpair.Delete(args[1:]...)
	}
	return errors.New("usage: sbx-netns create PREFIX SANDBOX_CIDR PEER_CIDR SANDBOX_FILE PEER_FILE | restore SANDBOX_FILE SANDBOX_CIDR | delete FILE...")
}
