package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestResidentMemoryIsReadFromStatus(t *testing.T) {
	status := filepath.Join(t.TempDir(), "status")
	if err := os.WriteFile(status, []byte("Name:\tx\nVmHWM:\t  9000 kB\nVmRSS:\t  1234 kB\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := residentBytes(status); err != nil || got != 1234<<10 {
		t.Fatalf("%d, %v", got, err)
	}
}

func TestStatusWithoutResidentMemoryIsAnError(t *testing.T) {
	if _, err := residentBytes(os.DevNull); err == nil {
		t.Fatal("no error")
	}
}
