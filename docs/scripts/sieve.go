// Command sieve counts the primes below a number.
package main

import (
	"fmt"
	"os"
	"strconv"
)

func main() {
	below := 1_000_000
	if len(os.Args) > 1 {
		n, err := strconv.Atoi(os.Args[1])
		if err != nil || n < 2 {
			fmt.Fprintln(os.Stderr, "usage: sieve [number from 2]")
			os.Exit(2)
		}
		below = n
	}
	composite := make([]bool, below)
	count := 0
	for i := 2; i < below; i++ {
		if composite[i] {
			continue
		}
		count++
		for j := i * i; j < below; j += i {
			composite[j] = true
		}
	}
	fmt.Printf("%d primes below %d\n", count, below)
}
