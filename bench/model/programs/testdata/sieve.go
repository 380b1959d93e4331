package main

import "fmt"

const limit = 500000

func main() {
	composite := make([]bool, limit)
	count := 0
	for i := 2; i < limit; i++ {
		if composite[i] {
			continue
		}
		count++
		for j := i * 2; j < limit; j += i {
			composite[j] = true
		}
	}
	fmt.Println(count, "primes")
}
