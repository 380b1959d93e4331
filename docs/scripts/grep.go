// Command grep prints the lines of standard input that match a regular expression.
package main

import (
	"bufio"
	"fmt"
	"os"
	"regexp"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: grep EXPRESSION")
		os.Exit(2)
	}
	expression, err := regexp.Compile(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	found := false
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		if expression.MatchString(lines.Text()) {
			found = true
			fmt.Println(lines.Text())
		}
	}
	if !found {
		os.Exit(1)
	}
}
