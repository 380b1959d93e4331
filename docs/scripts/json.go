// Command json reads a JSON array of objects and prints each with its keys in capitals.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

func main() {
	var rows []map[string]any
	if err := json.NewDecoder(os.Stdin).Decode(&rows); err != nil {
		fmt.Fprintln(os.Stderr, "json:", err)
		os.Exit(1)
	}
	for _, row := range rows {
		out := map[string]any{}
		for key, value := range row {
			out[strings.ToUpper(key)] = value
		}
		text, err := json.Marshal(out)
		if err != nil {
			fmt.Fprintln(os.Stderr, "json:", err)
			os.Exit(1)
		}
		fmt.Println(string(text))
	}
}
