package filter

import (
	"fmt"
	"strings"

	seccomp "github.com/seccomp/libseccomp-golang"
	"golang.org/x/sys/unix"
)

var actions = map[string]seccomp.ScmpAction{
	"SCMP_ACT_ALLOW":        seccomp.ActAllow,
	"SCMP_ACT_ERRNO":        seccomp.ActErrno,
	"SCMP_ACT_KILL":         seccomp.ActKillThread,
	"SCMP_ACT_KILL_THREAD":  seccomp.ActKillThread,
	"SCMP_ACT_KILL_PROCESS": seccomp.ActKillProcess,
	"SCMP_ACT_LOG":          seccomp.ActLog,
	"SCMP_ACT_TRACE":        seccomp.ActTrace,
	"SCMP_ACT_TRAP":         seccomp.ActTrap,
}

var comparisons = map[string]seccomp.ScmpCompareOp{
	"SCMP_CMP_EQ":        seccomp.CompareEqual,
	"SCMP_CMP_NE":        seccomp.CompareNotEqual,
	"SCMP_CMP_LT":        seccomp.CompareLess,
	"SCMP_CMP_LE":        seccomp.CompareLessOrEqual,
	"SCMP_CMP_GT":        seccomp.CompareGreater,
	"SCMP_CMP_GE":        seccomp.CompareGreaterEqual,
	"SCMP_CMP_MASKED_EQ": seccomp.CompareMaskedEqual,
}

var flagBits = map[string]uintptr{
	// Only the thread that execs is left, so there is nothing to synchronise.
	"SECCOMP_FILTER_FLAG_TSYNC":      0,
	"SECCOMP_FILTER_FLAG_LOG":        unix.SECCOMP_FILTER_FLAG_LOG,
	"SECCOMP_FILTER_FLAG_SPEC_ALLOW": unix.SECCOMP_FILTER_FLAG_SPEC_ALLOW,
}

// action takes EPERM where the profile names no errno, as the specification says.
func action(name string, errnoRet *uint) (seccomp.ScmpAction, error) {
	act, known := actions[name]
	if !known {
		return seccomp.ActInvalid, fmt.Errorf("unknown or unsupported action %q", name)
	}
	if act == seccomp.ActErrno || act == seccomp.ActTrace {
		code := int16(unix.EPERM)
		if errnoRet != nil {
			code = int16(*errnoRet)
		}
		act = act.SetReturnCode(code)
	}
	return act, nil
}

func addArchitecture(builder *seccomp.ScmpFilter, name string) error {
	arch, err := seccomp.GetArchFromString(strings.TrimPrefix(name, "SCMP_ARCH_"))
	if err != nil {
		return fmt.Errorf("architectures: unknown %q", name)
	}
	if err := builder.AddArch(arch); err != nil {
		return fmt.Errorf("architectures: %s: %w", name, err)
	}
	return nil
}

func loadFlags(names []string) (uintptr, error) {
	var bits uintptr
	for _, name := range names {
		bit, known := flagBits[name]
		if !known {
			return 0, fmt.Errorf("flags: unknown or unsupported %q", name)
		}
		bits |= bit
	}
	return bits, nil
}
