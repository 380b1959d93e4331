package main

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestAskSaysThatTheDeviceIsAbsent(t *testing.T) {
	got := ask(filepath.Join(t.TempDir(), "kvm"))
	if got.Device != "absent" || got.Error == nil || got.GBPages != nil {
		t.Errorf("got %+v", got)
	}
}

func TestAskSaysWhatFailedOnSomethingElseThanKVM(t *testing.T) {
	got := ask("/dev/null")
	if got.Device != "ok" || got.Error == nil || !strings.Contains(*got.Error, "KVM_GET_API_VERSION") {
		t.Errorf("got %+v", got)
	}
}

func TestAskReadsARealDevice(t *testing.T) {
	got := ask(device)
	if got.Device != "ok" {
		t.Skipf("%s: %s", device, *got.Error)
	}
	if got.APIVersion == nil || *got.APIVersion != 12 || got.GBPages == nil {
		t.Errorf("got %+v", got)
	}
}

func TestFindTellsLeavesApart(t *testing.T) {
	table := &cpuidTable{count: 2}
	table.entries[0] = cpuidEntry{Function: 7, Index: 1, EBX: 1}
	table.entries[1] = cpuidEntry{Function: 7, Index: 0, EBX: 2}
	if got := table.find(7, 0).EBX; got != 2 {
		t.Errorf("EBX %d, want 2", got)
	}
	if got := table.find(0x80000001, 0); got != (cpuidEntry{}) {
		t.Errorf("a leaf that is not there: %+v", got)
	}
}
