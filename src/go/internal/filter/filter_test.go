package filter

import (
	"slices"
	"strings"
	"testing"

	seccomp "github.com/seccomp/libseccomp-golang"
	"golang.org/x/sys/unix"

	"sbxbench/launcher/internal/config"
)

func allow(names ...string) config.SeccompSyscall {
	return config.SeccompSyscall{Names: names, Action: "SCMP_ACT_ALLOW"}
}

func profile(entries ...config.SeccompSyscall) *config.Seccomp {
	return &config.Seccomp{DefaultAction: "SCMP_ACT_ERRNO", Syscalls: entries}
}

// returns lists the values that the program can return.
func returns(f *Filter) []uint32 {
	var values []uint32
	for _, instruction := range f.instructions {
		if instruction.Code == unix.BPF_RET|unix.BPF_K {
			values = append(values, instruction.K)
		}
	}
	slices.Sort(values)
	return slices.Compact(values)
}

func TestErrnoIsEPERMUnlessTheProfileNamesOne(t *testing.T) {
	enosys := uint(unix.ENOSYS)
	entry := config.SeccompSyscall{Names: []string{"ptrace"}, Action: "SCMP_ACT_ERRNO", ErrnoRet: &enosys}
	compiled, err := Compile(profile(allow("read"), entry), "plain")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []uint32{
		unix.SECCOMP_RET_ALLOW, unix.SECCOMP_RET_ERRNO | uint32(unix.EPERM), unix.SECCOMP_RET_ERRNO | uint32(unix.ENOSYS),
	} {
		if !slices.Contains(returns(compiled), want) {
			t.Errorf("returns %#x, want %#x among them", returns(compiled), want)
		}
	}
}

func TestUnknownNamesAreSkippedAndCollected(t *testing.T) {
	compiled, err := Compile(profile(allow("read", "no_such_call", "write")), "plain")
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(compiled.Skipped, []string{"no_such_call"}) {
		t.Errorf("skipped %v", compiled.Skipped)
	}
}

func TestEntryWithTheDefaultActionAddsNothing(t *testing.T) {
	without, err := Compile(profile(allow("read")), "plain")
	if err != nil {
		t.Fatal(err)
	}
	with, err := Compile(profile(allow("read"), config.SeccompSyscall{Names: []string{"ptrace"}, Action: "SCMP_ACT_ERRNO"}), "plain")
	if err != nil {
		t.Fatal(err)
	}
	if len(with.instructions) != len(without.instructions) {
		t.Errorf("%d instructions, want %d", len(with.instructions), len(without.instructions))
	}
}

func TestBinaryTreeDiffersFromThePlainList(t *testing.T) {
	var names []string
	for number := range 200 {
		if name, err := seccomp.ScmpSyscall(number).GetName(); err == nil {
			names = append(names, name)
		}
	}
	plain, err := Compile(profile(allow(names...)), "plain")
	if err != nil {
		t.Fatal(err)
	}
	tree, err := Compile(profile(allow(names...)), "binary-tree")
	if err != nil {
		t.Fatal(err)
	}
	if slices.Equal(plain.instructions, tree.instructions) {
		t.Error("the optimisation has no effect")
	}
}

func TestFurtherArchitecturesAreCovered(t *testing.T) {
	p := profile(allow("read"))
	native, err := Compile(p, "plain")
	if err != nil {
		t.Fatal(err)
	}
	p.Architectures = []string{"SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"}
	all, err := Compile(p, "plain")
	if err != nil {
		t.Fatal(err)
	}
	if len(all.instructions) <= len(native.instructions) {
		t.Errorf("%d instructions for three architectures, %d for one", len(all.instructions), len(native.instructions))
	}
}

func TestConditionsOnDifferentArgumentsMustAllHold(t *testing.T) {
	got, err := conditions([]config.SeccompArg{{Index: 0, Value: 1, Op: "SCMP_CMP_EQ"}, {Index: 1, Value: 2, Op: "SCMP_CMP_NE"}})
	if err != nil || len(got) != 1 || len(got[0]) != 2 {
		t.Errorf("got %v, %v: want one rule of two conditions", got, err)
	}
}

func TestConditionsOnOneArgumentAreAlternatives(t *testing.T) {
	got, err := conditions([]config.SeccompArg{{Index: 0, Value: 1, Op: "SCMP_CMP_EQ"}, {Index: 0, Value: 2, Op: "SCMP_CMP_EQ"}})
	if err != nil || len(got) != 2 || len(got[0]) != 1 {
		t.Errorf("got %v, %v: want two rules of one condition", got, err)
	}
}

func TestCompileRefuses(t *testing.T) {
	cases := map[string]struct {
		profile config.Seccomp
		want    string
	}{
		"an unknown default action": {config.Seccomp{DefaultAction: "ALLOW"}, "defaultAction"},
		"a supervisor's action":     {config.Seccomp{DefaultAction: "SCMP_ACT_NOTIFY"}, "SCMP_ACT_NOTIFY"},
		"an unknown architecture":   {config.Seccomp{DefaultAction: "SCMP_ACT_ALLOW", Architectures: []string{"SCMP_ARCH_VAX"}}, "SCMP_ARCH_VAX"},
		"an unknown flag":           {config.Seccomp{DefaultAction: "SCMP_ACT_ALLOW", Flags: []string{"X"}}, "flags"},
		"an unknown comparison": {*profile(config.SeccompSyscall{
			Names: []string{"read"}, Action: "SCMP_ACT_ALLOW", Args: []config.SeccompArg{{Op: "SCMP_CMP_LIKE"}},
		}), "SCMP_CMP_LIKE"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := Compile(&c.profile, "plain")
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want an error about %s", err, c.want)
			}
		})
	}
}
