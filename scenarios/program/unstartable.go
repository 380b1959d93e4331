package main

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"syscall"
)

// unstartable says why execve(2) failed. Its ENOENT is also that of a script's interpreter or of a program's loader,
// which may be there outside and not in here; ENOEXEC is that of a text without a first line that names one.
func unstartable(path string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist) && exists(path):
		if what, file := runBy(path); file != "" && !exists(file) {
			return fmt.Errorf("the command can't be started: %s needs its %s %s, which does not exist here", path, what, file)
		}
	case errors.Is(err, syscall.ENOEXEC):
		return fmt.Errorf("the command can't be started: %s is neither a program of this machine nor a script whose first line names an interpreter (#!)", path)
	}
	return fmt.Errorf("the command can't be started: %s: %w", path, err)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// runBy returns what the kernel opens to run the file: the interpreter of a script, the loader of a dynamic program.
func runBy(path string) (what, file string) {
	opened, err := os.Open(path)
	if err != nil {
		return "", ""
	}
	defer opened.Close()
	// BINPRM_BUF_SIZE, include/uapi/linux/binfmts.h: execve reads no further for it.
	line, _ := bufio.NewReader(io.LimitReader(opened, 256)).ReadString('\n')
	if rest, isScript := strings.CutPrefix(line, "#!"); isScript {
		// A carriage return of Windows belongs to the name, and has to be seen.
		words := strings.FieldsFunc(strings.TrimSuffix(rest, "\n"), func(r rune) bool { return r == ' ' || r == '\t' })
		if len(words) == 0 {
			return "", ""
		}
		return "interpreter", words[0]
	}
	return "loader", loaderOf(opened)
}

const ptInterp = 3

// loaderOf reads a 64-bit little-endian program's PT_INTERP, elf(5). By hand: debug/elf would bring
// decompression and DWARF into the program that is measured.
func loaderOf(program io.ReaderAt) string {
	header := make([]byte, 64)
	if _, err := program.ReadAt(header, 0); err != nil || string(header[:6]) != "\x7fELF\x02\x01" {
		return ""
	}
	table := int64(binary.LittleEndian.Uint64(header[32:]))
	size := int64(binary.LittleEndian.Uint16(header[54:]))
	for i := range int64(binary.LittleEndian.Uint16(header[56:])) {
		segment := make([]byte, 56)
		if _, err := program.ReadAt(segment, table+i*size); err != nil {
			return ""
		}
		if binary.LittleEndian.Uint32(segment) != ptInterp {
			continue
		}
		name := make([]byte, min(binary.LittleEndian.Uint64(segment[32:]), 4096))
		if _, err := program.ReadAt(name, int64(binary.LittleEndian.Uint64(segment[8:]))); err != nil {
			return ""
		}
		return strings.TrimRight(string(name), "\x00")
	}
	return ""
}
