package main

import "testing"

func TestTheFinalValueOfACounter(t *testing.T) {
	var final finalValue
	if final.isKnown {
		t.Error("a counter that never ran has a final value")
	}
	for _, found := range []int{400, 399, 400, 398} {
		final.saw(found, 400)
	}
	if final.value != 399 || !final.isKnown {
		t.Errorf("got %+v, want the first wrong value, 399", final)
	}
}

func TestACounterThatIsNotTimedHasAFinalValue(t *testing.T) {
	var final finalValue
	op := counting(10, 400, countChannel, &final)
	op.Run(op.Batch)
	if final.value != 400 || !final.isKnown || final.isWrong {
		t.Errorf("got %+v, want 400", final)
	}
}
