package bench

import (
	"errors"
	"fmt"
	"syscall"
	"testing"
)

func TestRefusedCallsAreSkippedAndOthersAreNot(t *testing.T) {
	for _, err := range []error{Skip("no tmpfs"), fmt.Errorf("openat: %w", syscall.EPERM), fmt.Errorf("futex: %w", syscall.ENOSYS)} {
		if reason, skipped := skipReason(err); !skipped || reason == "" {
			t.Fatalf("%v is not skipped", err)
		}
	}
	for _, err := range []error{errors.New("broken"), fmt.Errorf("read: %w", syscall.EIO)} {
		if _, skipped := skipReason(err); skipped {
			t.Fatalf("%v is skipped", err)
		}
	}
}

func TestFailureInATimedLoopComesOutAsAnErrorAndCloses(t *testing.T) {
	closed := false
	b := &Bench{Clock: testClock, params: Params{"opMs": []byte("0.001")}}
	err := b.try("x", func() (Op, error) {
		return Op{Run: func(int) { MustErrno("pread64", syscall.EPERM) }, Close: func() { closed = true }}, nil
	})
	if !errors.Is(err, syscall.EPERM) || !closed {
		t.Fatalf("error %v, closed %v", err, closed)
	}
}

func TestOpsAreChosenByName(t *testing.T) {
	if all := (&Bench{}); !all.Chosen("getpid") {
		t.Fatal("an empty list chooses all")
	}
	if one := (&Bench{ops: []string{"stat"}}); one.Chosen("getpid") || !one.Chosen("stat") {
		t.Fatal("a list chooses what it names")
	}
}

func TestMissingParameterIsNamed(t *testing.T) {
	params, err := parseParams(`{"opMs":5}`)
	if err != nil {
		t.Fatal(err)
	}
	var n int
	if err := params.decode("thinkNs", &n); err == nil {
		t.Fatal("a missing parameter is no error")
	}
	if err := params.decode("opMs", &n); err != nil || n != 5 {
		t.Fatalf("%v, %d", err, n)
	}
}
