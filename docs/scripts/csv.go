// Command csv adds up the second column for each value of the first.
package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"sort"
	"strconv"
)

func main() {
	sums := map[string]float64{}
	reader := csv.NewReader(os.Stdin)
	for {
		row, err := reader.Read()
		if err == io.EOF {
			break
		}
		if err != nil || len(row) < 2 {
			fmt.Fprintln(os.Stderr, "csv: a line without two columns:", err)
			os.Exit(1)
		}
		value, err := strconv.ParseFloat(row[1], 64)
		if err != nil {
			fmt.Fprintln(os.Stderr, "csv:", err)
			os.Exit(1)
		}
		sums[row[0]] += value
	}
	names := make([]string, 0, len(sums))
	for name := range sums {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		fmt.Printf("%s,%g\n", name, sums[name])
	}
}
