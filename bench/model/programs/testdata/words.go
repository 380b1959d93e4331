package main

import (
	"fmt"
	"os"
	"sort"
	"strings"
)

func main() {
	counts := map[string]int{}
	for round := 0; round < 150; round++ {
		text, err := os.ReadFile(os.Args[2])
		if err != nil {
			panic(err)
		}
		for _, word := range strings.Fields(string(text[:2000])) {
			counts[word]++
		}
		if err := os.WriteFile("words.out", []byte(fmt.Sprint(len(counts))), 0o644); err != nil {
			panic(err)
		}
	}
	var names []string
	for name := range counts {
		names = append(names, name)
	}
	sort.Strings(names)
	fmt.Println(len(names), "words")
}
