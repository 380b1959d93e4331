package image

import (
	"bytes"
	"debug/elf"
	"io"
	"os"
)

// openELF says in a sentence why a file is no program that can be analysed.
func openELF(path string) (*elf.File, error) {
	raw, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer raw.Close()
	magic := make([]byte, 4)
	if n, err := io.ReadFull(raw, magic); err != nil {
		return nil, refuse("it has %d bytes and is no program", n)
	}
	switch {
	case bytes.HasPrefix(magic, []byte("#!")):
		return nil, refuse("it is a script: name the program that runs it")
	case !bytes.Equal(magic, []byte("\x7fELF")):
		return nil, refuse("it is no ELF program")
	}
	file, err := elf.Open(path)
	if err != nil {
		return nil, refuse("it is truncated or damaged: %v", err)
	}
	switch {
	case file.Class != elf.ELFCLASS64:
		err = refuse("it is a 32-bit program (%v); only x86-64 is analysed", file.Machine)
	case file.Machine != elf.EM_X86_64:
		err = refuse("it is built for %v; only x86-64 is analysed", file.Machine)
	case file.Type == elf.ET_REL:
		err = refuse("it is an object file: link it first")
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}
