// Command sbx-syscalls prints as JSON which system calls the code of a Go program can make.
//
//	sbx-syscalls PROGRAM
//
// A file that cannot be analysed is one sentence on stderr and exit code 3. Progress is lines `done/all` on descriptor 3
// where it is open.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"sbxbench/launcher/internal/image"
	"sbxbench/launcher/internal/syscalls"
)

const exitRefused = 3

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: sbx-syscalls PROGRAM")
		os.Exit(2)
	}
	im, err := image.Open(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		if errors.Is(err, image.ErrRefused) {
			os.Exit(exitRefused)
		}
		os.Exit(1)
	}
	report := syscalls.Analyse(im, func(int, int) {})
	if err := json.NewEncoder(os.Stdout).Encode(report); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
