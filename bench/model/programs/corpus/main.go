// Command corpus is the Go half of the programs on which the cost model is validated (bench/model/programs.ts): small
// versions of what Go programs do. Each is deterministic, ends by itself, and uses no network but loopback.
//
//	corpus prepare DIR     write the inputs of all programs to DIR
//	corpus NAME [ARG...]   run one of them
package main

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
)

var programs = map[string]func(args []string) error{
	"prepare":      prepare,
	"deflate":      deflate,
	"grep":         grep,
	"http-files":   httpFiles,
	"image":        halveImage,
	"json-service": jsonService,
	"log":          writeLog,
	"noop":         func([]string) error { return nil },
	"pages":        pages,
	"pool":         pool,
	"spawn":        spawn,
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "corpus:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) > 0 {
		if program, known := programs[args[0]]; known {
			return program(args[1:])
		}
	}
	names := make([]string, 0, len(programs))
	for name := range programs {
		names = append(names, name)
	}
	slices.Sort(names)
	return fmt.Errorf("usage: corpus NAME [ARG...]; names: %s", strings.Join(names, ", "))
}

// count reads an argument that says how much to do.
func count(args []string, place int) (int, error) {
	if place >= len(args) {
		return 0, fmt.Errorf("argument %d is missing: how many", place+1)
	}
	return strconv.Atoi(args[place])
}
