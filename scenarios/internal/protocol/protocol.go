// Package protocol writes the first and the last line of a scenario's output (docs/protocol.md).
//
// It stands apart from package bench so that a program whose start-up is measured links nothing else.
package protocol

import (
	"os"
	"runtime"
	"strconv"
)

// Version of the protocol that this package speaks.
const Version = 1

// Hello writes the first line. It must be the first statement of main: the host times start-up by it.
// Names of scenarios need no JSON escapes.
func Hello(scenario string) {
	line := make([]byte, 0, 128)
	line = append(line, `{"type":"hello","v":`...)
	line = strconv.AppendInt(line, Version, 10)
	line = append(line, `,"scenario":"`...)
	line = append(line, scenario...)
	line = append(line, `","go":"`...)
	line = append(line, runtime.Version()...)
	line = append(line, `","gomaxprocs":`...)
	line = strconv.AppendInt(line, int64(runtime.GOMAXPROCS(0)), 10)
	Write(append(line, "}\n"...))
}

// End writes the last line.
func End() { Write([]byte(`{"type":"end"}` + "\n")) }

// Write sends whole lines to standard output. A harness that no longer listens ends the program.
func Write(lines []byte) {
	if _, err := os.Stdout.Write(lines); err != nil {
		os.Stderr.WriteString("cannot write to standard output: " + err.Error() + "\n")
		os.Exit(1)
	}
}
