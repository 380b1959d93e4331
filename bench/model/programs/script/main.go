// Command script runs a Go script with yaegi, as a script runner or a plug-in host does:
//
//	script FILE [ARG...]
//
// The script sees the few functions of the standard library that are listed here and no others.
package main

import (
	"bufio"
	"fmt"
	"os"
	"reflect"
	"sort"
	"strings"

	"github.com/traefik/yaegi/interp"
)

var symbols = interp.Exports{
	"bufio/bufio":     {"NewScanner": reflect.ValueOf(bufio.NewScanner), "Scanner": reflect.ValueOf((*bufio.Scanner)(nil))},
	"fmt/fmt":         {"Println": reflect.ValueOf(fmt.Println), "Sprint": reflect.ValueOf(fmt.Sprint)},
	"os/os":           {"Args": reflect.ValueOf(&os.Args).Elem(), "Open": reflect.ValueOf(os.Open), "WriteFile": reflect.ValueOf(os.WriteFile), "ReadFile": reflect.ValueOf(os.ReadFile)},
	"sort/sort":       {"Strings": reflect.ValueOf(sort.Strings)},
	"strings/strings": {"Fields": reflect.ValueOf(strings.Fields), "ToUpper": reflect.ValueOf(strings.ToUpper)},
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "script:", err)
		os.Exit(1)
	}
}

func run() error {
	if len(os.Args) < 2 {
		return fmt.Errorf("usage: script FILE [ARG...]")
	}
	script := interp.New(interp.Options{})
	if err := script.Use(symbols); err != nil {
		return err
	}
	_, err := script.EvalPath(os.Args[1])
	return err
}
