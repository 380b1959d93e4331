// Command sbx-scan reads Go source and prints what in it reaches beyond computing, as JSON.
//
//	sbx-scan [-types] PATH...
//
// Without -types it parses: it works on broken files and without modules. With it, the packages of one folder are
// loaded, and what is reachable from main is told from what is only there.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"

	"sbxbench/launcher/internal/scan"
)

func main() {
	types := flag.Bool("types", false, "load the packages of the one folder that is named")
	flag.Parse()
	if flag.NArg() == 0 || (*types && flag.NArg() != 1) {
		fmt.Fprintln(os.Stderr, "usage: sbx-scan [-types] PATH...")
		os.Exit(2)
	}
	var result scan.Result
	if *types {
		result = scan.Loaded(flag.Arg(0))
	} else {
		result = scan.Parsed(flag.Args())
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(result); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
