// Package filter turns an OCI seccomp profile into BPF with libseccomp, and
// loads it.
package filter

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"unsafe"

	seccomp "github.com/seccomp/libseccomp-golang"
	"golang.org/x/sys/unix"

	"sbxbench/launcher/internal/config"
)

// Filter is a compiled profile.
type Filter struct {
	instructions []unix.SockFilter
	flags        uintptr
	// Skipped are the names that libseccomp does not know.
	Skipped []string
}

// SCMP_FLTATR_CTL_OPTIMIZE: 1 sorts by priority and complexity, 2 is a binary
// tree over the system call numbers (libseccomp, seccomp_attr_set(3)).
var optimizeLevels = map[string]int{"plain": 1, "binary-tree": 2}

// Compile builds the BPF program of the profile for the native architecture
// and those that the profile lists.
func Compile(profile *config.Seccomp, optimize string) (*Filter, error) {
	defaultAction, err := action(profile.DefaultAction, profile.DefaultErrnoRet)
	if err != nil {
		return nil, fmt.Errorf("defaultAction: %w", err)
	}
	builder, err := seccomp.NewFilter(defaultAction)
	if err != nil {
		return nil, err
	}
	defer builder.Release()
	if err := builder.SetOptimize(optimizeLevels[optimize]); err != nil {
		return nil, fmt.Errorf("optimise %s: %w", optimize, err)
	}
	for _, name := range profile.Architectures {
		if err := addArchitecture(builder, name); err != nil {
			return nil, err
		}
	}
	result := &Filter{}
	if result.flags, err = loadFlags(profile.Flags); err != nil {
		return nil, err
	}
	for i, entry := range profile.Syscalls {
		skipped, err := addRules(builder, entry, defaultAction)
		if err != nil {
			return nil, fmt.Errorf("syscalls[%d]: %w", i, err)
		}
		result.Skipped = append(result.Skipped, skipped...)
	}
	result.instructions, err = export(builder)
	return result, err
}

// addRules follows runc: an action equal to the default one adds nothing,
// several conditions on one argument are alternatives, and conditions on
// different arguments must all hold.
// https://github.com/opencontainers/runc/blob/v1.1.5/libcontainer/seccomp/seccomp_linux.go
func addRules(builder *seccomp.ScmpFilter, entry config.SeccompSyscall, defaultAction seccomp.ScmpAction) ([]string, error) {
	act, err := action(entry.Action, entry.ErrnoRet)
	if err != nil {
		return nil, fmt.Errorf("action: %w", err)
	}
	if act == defaultAction {
		return nil, nil
	}
	alternatives, err := conditions(entry.Args)
	if err != nil {
		return nil, err
	}
	var skipped []string
	for _, name := range entry.Names {
		number, err := seccomp.GetSyscallFromName(name)
		if err != nil {
			skipped = append(skipped, name)
			continue
		}
		if len(entry.Args) == 0 {
			if err := builder.AddRule(number, act); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			continue
		}
		for _, all := range alternatives {
			if err := builder.AddRuleConditional(number, act, all); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	return skipped, nil
}

func conditions(args []config.SeccompArg) ([][]seccomp.ScmpCondition, error) {
	var all []seccomp.ScmpCondition
	var seen []uint
	repeated := false
	for _, arg := range args {
		op, known := comparisons[arg.Op]
		if !known {
			return nil, fmt.Errorf("args: unknown comparison %q", arg.Op)
		}
		condition, err := seccomp.MakeCondition(arg.Index, op, arg.Value, arg.ValueTwo)
		if err != nil {
			return nil, fmt.Errorf("args: %w", err)
		}
		repeated = repeated || slices.Contains(seen, arg.Index)
		seen = append(seen, arg.Index)
		all = append(all, condition)
	}
	if !repeated {
		return [][]seccomp.ScmpCondition{all}, nil
	}
	var each [][]seccomp.ScmpCondition
	for _, condition := range all {
		each = append(each, []seccomp.ScmpCondition{condition})
	}
	return each, nil
}

// export goes through memory: libseccomp before 2.6 writes only to a file.
func export(builder *seccomp.ScmpFilter) ([]unix.SockFilter, error) {
	fd, err := unix.MemfdCreate("seccomp", unix.MFD_CLOEXEC)
	if err != nil {
		return nil, err
	}
	file := os.NewFile(uintptr(fd), "seccomp")
	defer file.Close()
	if err := builder.ExportBPF(file); err != nil {
		return nil, err
	}
	size, err := file.Seek(0, io.SeekCurrent)
	if err != nil {
		return nil, err
	}
	instructions := make([]unix.SockFilter, size/unix.SizeofSockFilter)
	if len(instructions) == 0 {
		return nil, errors.New("libseccomp made an empty program")
	}
	_, err = file.ReadAt(unsafe.Slice((*byte)(unsafe.Pointer(&instructions[0])), size), 0)
	return instructions, err
}

// Program is the filter as bytes, in the order of the machine.
func (f *Filter) Program() []byte {
	size := len(f.instructions) * unix.SizeofSockFilter
	return unsafe.Slice((*byte)(unsafe.Pointer(&f.instructions[0])), size)
}

// Load puts the filter on the calling thread only, the one that will exec:
// the other threads of this process end there, and must not be hit by a
// filter that they were not made for. (libseccomp-golang's Load always asks
// for all threads.)
func (f *Filter) Load() error {
	program := unix.SockFprog{Len: uint16(len(f.instructions)), Filter: &f.instructions[0]}
	_, _, errno := unix.RawSyscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, f.flags, uintptr(unsafe.Pointer(&program)))
	if errno != 0 {
		return errno
	}
	return nil
}
