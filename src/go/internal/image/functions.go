package image

import (
	"bytes"
	"cmp"
	"debug/elf"
	"debug/gosym"
	"encoding/binary"
	"slices"
	"strings"
)

// magics of the table of functions, by Go version: 1.20 on, 1.18, 1.16, 1.2 (runtime/symtab.go).
var magics = []uint32{0xfffffff1, 0xfffffff0, 0xfffffffa, 0xfffffffb}

// moduledataText is the word of runtime.moduledata that holds the start of the text (runtime/symtab.go, since 1.16:
// a pointer, six slices, then findfunctab, minpc, maxpc).
const moduledataText = 22

// readFunctions takes Go's own table, which stripping leaves, and the symbols for linked C code.
func (im *Image) readFunctions() error {
	address, table := im.pclntab()
	if table == nil {
		return im.notGo()
	}
	lines, err := gosym.NewTable(nil, gosym.NewLineTable(table, im.textStart(address, table)))
	if err != nil {
		return refuse("its table of functions is damaged: %v", err)
	}
	for _, f := range lines.Funcs {
		if im.Bytes(f.Entry) != nil && f.End > f.Entry {
			im.Functions = append(im.Functions, Function{f.Name, f.Entry, f.End, true})
		}
	}
	if len(im.Functions) == 0 {
		return refuse("its table of functions is empty")
	}
	im.addForeign()
	return nil
}

func (im *Image) notGo() error {
	for _, s := range im.segments {
		if bytes.Contains(s.data, []byte("UPX!")) {
			return refuse("it is packed with UPX: unpack it with upx -d")
		}
	}
	if len(im.file.Sections) == 0 {
		return refuse("it has no table of Go functions: it is packed, truncated, or no Go program")
	}
	return refuse("it is no Go program: it has no table of Go functions")
}

// pclntab looks for the section, and where it has another name, for the magic.
func (im *Image) pclntab() (uint64, []byte) {
	for _, name := range []string{".gopclntab", ".data.rel.ro.gopclntab"} {
		if section := im.file.Section(name); section != nil && section.Size > 16 {
			if data, err := section.Data(); err == nil {
				return section.Addr, data
			}
		}
	}
	for _, s := range im.segments {
		for _, magic := range magics {
			// pad1 = pad2 = 0, instruction size quantum 1, pointer size 8
			pattern := append(binary.LittleEndian.AppendUint32(nil, magic), 0, 0, 1, 8)
			if at := bytes.Index(s.data, pattern); at >= 0 {
				return s.start + uint64(at), s.data[at:]
			}
		}
	}
	return 0, nil
}

// textStart is the address that the table's offsets count from. Go 1.26 leaves it out of the table's header.
func (im *Image) textStart(table uint64, header []byte) uint64 {
	if symbols, err := im.file.Symbols(); err == nil {
		for _, s := range symbols {
			if s.Name == "runtime.text" {
				return s.Value
			}
		}
	}
	magic := binary.LittleEndian.Uint32(header)
	if magic == magics[0] || magic == magics[1] {
		if start, ok := im.Word(table + 24); ok && start != 0 && im.Bytes(start) != nil {
			return start
		}
	}
	found := uint64(0)
	im.Data(func(at, value uint64) {
		if value != table || found != 0 {
			return
		}
		if start, ok := im.Word(at + 8*moduledataText); ok && im.isCode(start) {
			found = start
		}
	})
	if found != 0 {
		return found
	}
	if text := im.file.Section(".text"); text != nil {
		return text.Addr
	}
	return 0
}

func (im *Image) isCode(address uint64) bool {
	for _, s := range im.segments {
		if s.executable && address >= s.start && address < s.end {
			return true
		}
	}
	return false
}

// addForeign adds what stands in code beside Go's functions: linked C code, by its symbols and else as nameless ranges.
func (im *Image) addForeign() {
	var starts []Function
	if symbols, err := im.file.Symbols(); err == nil {
		for _, s := range symbols {
			if elf.ST_TYPE(s.Info) == elf.STT_FUNC && s.Value != 0 && im.FunctionAt(s.Value) == -1 && im.isCode(s.Value) {
				starts = append(starts, Function{Name: s.Name, Start: s.Value})
			}
		}
	}
	for _, section := range im.file.Sections {
		if section.Flags&elf.SHF_EXECINSTR != 0 && section.Size > 0 && section.Type == elf.SHT_PROGBITS {
			starts = append(starts, im.gaps(section.Addr, section.Addr+section.Size)...)
		}
	}
	slices.SortStableFunc(starts, func(a, b Function) int { return cmp.Compare(a.Start, b.Start) })
	starts = slices.CompactFunc(starts, func(a, b Function) bool { return a.Start == b.Start })
	for i := range starts {
		end := starts[i].End
		if end == 0 {
			end = im.codeEnd(starts[i].Start)
		}
		if i+1 < len(starts) {
			end = min(end, starts[i+1].Start)
		}
		if next := im.nextGo(starts[i].Start); next != 0 {
			end = min(end, next)
		}
		starts[i].End = end
	}
	starts = slices.DeleteFunc(starts, func(f Function) bool { return f.End <= f.Start })
	im.HasCgo = slices.ContainsFunc(im.Functions, func(f Function) bool { return strings.HasPrefix(f.Name, "runtime/cgo.") })
	im.Functions = append(im.Functions, starts...)
	slices.SortFunc(im.Functions, func(a, b Function) int { return cmp.Compare(a.Start, b.Start) })
}

// gaps are the parts of a section that no Go function holds.
func (im *Image) gaps(from, to uint64) []Function {
	var free []Function
	for _, f := range im.Functions {
		if f.End <= from || f.Start >= to {
			continue
		}
		if f.Start > from {
			free = append(free, Function{Start: from, End: f.Start})
		}
		from = max(from, f.End)
	}
	if from < to {
		free = append(free, Function{Start: from, End: to})
	}
	return free
}

func (im *Image) codeEnd(address uint64) uint64 {
	for _, section := range im.file.Sections {
		if section.Flags&elf.SHF_EXECINSTR != 0 && address >= section.Addr && address < section.Addr+section.Size {
			return section.Addr + section.Size
		}
	}
	return address
}

// nextGo is the start of the next Go function; Functions holds only those yet.
func (im *Image) nextGo(address uint64) uint64 {
	i, _ := slices.BinarySearchFunc(im.Functions, address, func(f Function, a uint64) int { return cmp.Compare(f.Start, a) })
	if i < len(im.Functions) {
		return im.Functions[i].Start
	}
	return 0
}
