package main

import "testing"

func TestBurnTimeIsReadFromTheParameters(t *testing.T) {
	for params, want := range map[string]int64{
		`{"burnNs":12500000}`:           12_500_000,
		`{"other":7,"burnNs":30,"x":1}`: 30,
		`{"burnNs":0}`:                  0,
		`{}`:                            0,
		``:                              0,
	} {
		if got := burnTime(params); got.Nanoseconds() != want {
			t.Errorf("%s: %v, want %d ns", params, got, want)
		}
	}
}
