// Command sbx-probe tries to get out of the sandbox that it runs in.
//
//	SBX_PROBES=REQUEST sbx-probe TOKEN           runs the probes that REQUEST names, each in a process of its own
//	SBX_PROBES=REQUEST sbx-probe TOKEN native    the same on the host, in a mount namespace of its own
//	sbx-probe sentinel                           is what they look for on the host
//
// REQUEST is described by package probes. What the probes find is one JSON
// object a line on stdout; whether the host was reached is for the harness to
// see. Without the harness's token, or in the host's mount namespace, it does
// nothing and ends with exit code 2.
package main

import (
	"fmt"
	"os"

	"sbxbench/launcher/internal/probes"
)

const exitRefused = 2

func main() {
	if len(os.Args) == 2 && os.Args[1] == "sentinel" {
		if err := probes.Sentinel(); err != nil {
			fmt.Fprintf(os.Stderr, "sbx-probe: sentinel: %v\n", err)
			os.Exit(1)
		}
		return
	}
	code, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintf(os.Stderr, "sbx-probe: %v\n", err)
	}
	os.Exit(code)
}

func run(args []string) (int, error) {
	request, err := probes.Authorised(args, os.Getenv(probes.RequestEnv))
	if err != nil {
		return exitRefused, fmt.Errorf("refused: %w", err)
	}
	rest := args[1:]
	if len(rest) == 1 && rest[0] == "native" {
		// Returns only if something failed.
		return exitRefused, fmt.Errorf("native: %w", probes.EnterPrivateMounts(request))
	}
	if err := probes.RequirePrivateMounts(request); err != nil {
		return exitRefused, fmt.Errorf("refused: %w", err)
	}
	if len(rest) == 2 && rest[0] == "child" {
		return probes.RunChild(request, rest[1])
	}
	if len(rest) > 0 {
		return exitRefused, fmt.Errorf("unknown arguments %q", rest)
	}
	probes.RunAll(request)
	return 0, nil
}
