// Package image reads an ELF program: its bytes by address, and its functions.
package image

import (
	"debug/buildinfo"
	"debug/elf"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ErrRefused marks a file that cannot be analysed; its text is a sentence for the user.
var ErrRefused = errors.New("")

func refuse(format string, args ...any) error {
	return fmt.Errorf("%w%s", ErrRefused, fmt.Sprintf(format, args...))
}

// Image is a program as it stands in memory, at the addresses that it was linked for.
type Image struct {
	file     *elf.File
	segments []segment
	// relative are the words that the loader writes: position-independent programs have no pointers in the file.
	relative map[uint64]uint64
	// Functions are sorted by address and do not overlap.
	Functions []Function
	// GoVersion is as `go version FILE` prints it, "unknown" where it was removed.
	GoVersion string
	// Libraries are the shared libraries that it names (DT_NEEDED).
	Libraries []string
	// HasLoader: the system's loader starts it, with calls of its own, even where it has no libraries (PT_INTERP).
	HasLoader bool
	// HasCgo tells C code that was linked in.
	HasCgo bool
}

type segment struct {
	start, end uint64
	data       []byte
	executable bool
}

// Function is a range of code. A name is empty where the file has none.
type Function struct {
	Name       string
	Start, End uint64
	// IsGo is false for C code that was linked in.
	IsGo bool
}

// Open reads the file. An error that wraps ErrRefused says what the file is instead of a Go program for x86-64.
func Open(path string) (*Image, error) {
	file, err := openELF(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	im := &Image{file: file, relative: map[uint64]uint64{}, GoVersion: "unknown"}
	if err := im.readSegments(); err != nil {
		return nil, err
	}
	im.readRelocations()
	if info, err := buildinfo.ReadFile(path); err == nil {
		im.GoVersion, _, _ = strings.Cut(info.GoVersion, " ")
	}
	im.Libraries, _ = file.ImportedLibraries()
	return im, im.readFunctions()
}

func (im *Image) readSegments() error {
	for _, prog := range im.file.Progs {
		im.HasLoader = im.HasLoader || prog.Type == elf.PT_INTERP
		if prog.Type != elf.PT_LOAD {
			continue
		}
		data := make([]byte, prog.Filesz)
		if n, _ := prog.ReadAt(data, 0); uint64(n) < prog.Filesz {
			return refuse("it is truncated: a segment of %d bytes ends after %d", prog.Filesz, n)
		}
		executable := prog.Flags&elf.PF_X != 0
		im.segments = append(im.segments, segment{prog.Vaddr, prog.Vaddr + prog.Filesz, data, executable})
	}
	return nil
}

// Bytes returns what the file has from the address on, at most to the end of its segment; nil outside of the file.
func (im *Image) Bytes(address uint64) []byte {
	for _, s := range im.segments {
		if address >= s.start && address < s.end {
			return s.data[address-s.start:]
		}
	}
	return nil
}

// Word returns the pointer-sized word at the address, as it is after loading.
func (im *Image) Word(address uint64) (uint64, bool) {
	if value, ok := im.relative[address]; ok {
		return value, true
	}
	data := im.Bytes(address)
	if len(data) < 8 {
		return 0, false
	}
	return binary.LittleEndian.Uint64(data), true
}

// readRelocations keeps R_X86_64_RELATIVE only: a function of the program itself is reached by no other kind.
func (im *Image) readRelocations() {
	for _, section := range im.file.Sections {
		if section.Type != elf.SHT_RELA {
			continue
		}
		data, err := section.Data()
		if err != nil {
			continue
		}
		for ; len(data) >= 24; data = data[24:] {
			if elf.R_X86_64(binary.LittleEndian.Uint32(data[8:])) == elf.R_X86_64_RELATIVE {
				im.relative[binary.LittleEndian.Uint64(data)] = binary.LittleEndian.Uint64(data[16:])
			}
		}
	}
}

// FunctionAt returns the index of the function whose code holds the address, -1 for none.
func (im *Image) FunctionAt(address uint64) int {
	i, found := slices.BinarySearchFunc(im.Functions, address, func(f Function, a uint64) int {
		switch {
		case f.End <= a:
			return -1
		case f.Start > a:
			return 1
		}
		return 0
	})
	if !found {
		return -1
	}
	return i
}

// Code returns the bytes of a function.
func (im *Image) Code(f Function) []byte {
	data := im.Bytes(f.Start)
	return data[:min(uint64(len(data)), f.End-f.Start)]
}

// Data calls visit with every aligned word outside of code that may be a pointer.
func (im *Image) Data(visit func(address, value uint64)) {
	for _, s := range im.segments {
		if s.executable {
			continue
		}
		for at := (s.start + 7) &^ 7; at+8 <= s.end; at += 8 {
			if value, ok := im.Word(at); ok && value != 0 {
				visit(at, value)
			}
		}
	}
}
