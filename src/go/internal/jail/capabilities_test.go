package jail

import (
	"testing"

	"golang.org/x/sys/unix"
)

func TestCapabilitySetHasTheKernelsNumbers(t *testing.T) {
	for name, number := range map[string]int{
		"CAP_CHOWN":              unix.CAP_CHOWN,
		"CAP_SYS_ADMIN":          unix.CAP_SYS_ADMIN,
		"CAP_AUDIT_READ":         unix.CAP_AUDIT_READ,
		"CAP_CHECKPOINT_RESTORE": unix.CAP_CHECKPOINT_RESTORE,
	} {
		set, err := CapabilitySet([]string{name})
		if err != nil || set != 1<<number {
			t.Errorf("%s: got %#x, %v, want bit %d", name, set, err, number)
		}
	}
}

func TestCapabilitySetRefusesUnknownNames(t *testing.T) {
	if _, err := CapabilitySet([]string{"CAP_EVERYTHING"}); err == nil {
		t.Error("want an error")
	}
}
