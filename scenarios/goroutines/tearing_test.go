package main

import (
	"testing"
	"time"
	"unsafe"
)

// storeHalves writes a word in two steps, as a 32-bit processor would: what a torn write looks like.
//
//go:noinline
func storeHalves(word *int64, value int64) {
	halves := (*[2]int32)(unsafe.Pointer(word))
	halves[0] = int32(value)
	halves[1] = int32(value >> 32)
}

func TestWholeWordsAreNeverTorn(t *testing.T) {
	if torn := tornReads(200_000, storeWhole); torn != 0 {
		t.Errorf("%d torn reads of a word that is written whole", torn)
	}
}

func TestAWordWrittenInHalvesIsSeenTorn(t *testing.T) {
	// Both have to be at work at once, for which busy processors may take a while.
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); {
		if tornReads(200_000, storeHalves) > 0 {
			return
		}
	}
	t.Error("not one torn read of a word that is written in two steps")
}
