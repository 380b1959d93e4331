// Command cpu computes without system calls: a sandbox should cost it nothing.
package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"

	"sbxbench/scenarios/internal/bench"
)

func main() {
	b := bench.Start("cpu")
	b.Op("sha256", hash)
	b.Op("json", encodeDecode)
	b.Op("sort", sortNumbers)
	b.End()
}

const hashedBytes = 16 << 10

// hash sums 16 KiB.
func hash() (bench.Op, error) {
	block := make([]byte, hashedBytes)
	return bench.Op{Run: func(n int) {
		for range n {
			sum := sha256.Sum256(block)
			// The next round depends on this one.
			copy(block, sum[:])
		}
	}}, nil
}

type order struct {
	ID    int               `json:"id"`
	Name  string            `json:"name"`
	Tags  []string          `json:"tags"`
	Price float64           `json:"price"`
	Extra map[string]string `json:"extra"`
}

const orders = 20

// encodeDecode writes a list of 20 orders as JSON and reads it back. It allocates, so the collector stays on.
func encodeDecode() (bench.Op, error) {
	list := make([]order, orders)
	for i := range list {
		list[i] = order{
			ID: i, Name: fmt.Sprintf("order number %d", i), Tags: []string{"red", "large", "fragile"},
			Price: float64(i) * 1.25, Extra: map[string]string{"colour": "blue", "size": "xl"},
		}
	}
	return bench.Op{
		Run: func(n int) {
			for range n {
				text, err := json.Marshal(list)
				bench.Must("encode", err)
				var back []order
				bench.Must("decode", json.Unmarshal(text, &back))
			}
		},
		KeepGC: true, Unlocked: true,
	}, nil
}

const sorted = 2_000

// sortNumbers sorts 2,000 numbers, the same each time.
func sortNumbers() (bench.Op, error) {
	shuffled := make([]int, sorted)
	state := uint32(2463534242)
	for i := range shuffled {
		// xorshift32 (Marsaglia 2003).
		state ^= state << 13
		state ^= state >> 17
		state ^= state << 5
		shuffled[i] = int(state)
	}
	work := make([]int, sorted)
	return bench.Op{Run: func(n int) {
		for range n {
			copy(work, shuffled)
			slices.Sort(work)
		}
	}}, nil
}
