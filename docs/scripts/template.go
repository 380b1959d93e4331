// Command template greets everybody on standard input, a name a line.
package main

import (
	"bufio"
	"fmt"
	"os"
	"text/template"
)

var greetings = template.Must(template.New("greetings").Parse("{{range $i, $name := .}}{{if $i}}\n{{end}}Hello, {{$name}}!{{end}}\n"))

func main() {
	var names []string
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		names = append(names, lines.Text())
	}
	if err := greetings.Execute(os.Stdout, names); err != nil {
		fmt.Fprintln(os.Stderr, "template:", err)
		os.Exit(1)
	}
}
