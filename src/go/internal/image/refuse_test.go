package image

import (
	"debug/elf"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func refusal(t *testing.T, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "program")
	if err := os.WriteFile(path, content, 0o755); err != nil {
		t.Fatal(err)
	}
	_, err := Open(path)
	if !errors.Is(err, ErrRefused) {
		t.Fatalf("error %v, want a refusal", err)
	}
	return err.Error()
}

func self(t *testing.T) []byte {
	t.Helper()
	content, err := os.ReadFile("/proc/self/exe")
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestWhatIsNoGoProgramIsRefusedInASentence(t *testing.T) {
	thirtyTwo := make([]byte, 52) // an Elf32_Ehdr without segments, elf(5)
	copy(thirtyTwo, []byte{0x7f, 'E', 'L', 'F', byte(elf.ELFCLASS32), byte(elf.ELFDATA2LSB), byte(elf.EV_CURRENT)})
	binary.LittleEndian.PutUint16(thirtyTwo[16:], uint16(elf.ET_EXEC))
	binary.LittleEndian.PutUint16(thirtyTwo[18:], uint16(elf.EM_386))
	thirtyTwo[20] = byte(elf.EV_CURRENT)
	binary.LittleEndian.PutUint16(thirtyTwo[40:], 52)
	arm := append([]byte(nil), self(t)...)
	binary.LittleEndian.PutUint16(arm[18:], uint16(elf.EM_AARCH64))
	c, err := os.ReadFile("/bin/sh")
	if err != nil {
		t.Fatal(err)
	}
	for name, one := range map[string]struct {
		content []byte
		want    string
	}{
		"empty":     {nil, "is no program"},
		"a script":  {[]byte("#!/bin/sh\n"), "it is a script"},
		"text":      {[]byte("hello world"), "no ELF program"},
		"truncated": {self(t)[:100_000], "truncated"},
		"half":      {self(t)[:len(self(t))/3], "truncated"},
		"32-bit":    {thirtyTwo, "32-bit program"},
		"arm64":     {arm, "EM_AARCH64"},
		"C":         {c, "no Go program"},
	} {
		if got := refusal(t, one.content); !strings.Contains(got, one.want) || strings.ContainsAny(got, "\n") {
			t.Errorf("%s: %q, want %q", name, got, one.want)
		}
	}
}

func TestAPackedProgramIsNamedAsSuch(t *testing.T) {
	packed, err := os.ReadFile("/bin/true")
	if err != nil {
		t.Fatal(err)
	}
	at := strings.Index(string(packed), "GNU")
	copy(packed[at:], "UPX!")
	if got := refusal(t, packed); !strings.Contains(got, "upx -d") {
		t.Errorf("%q", got)
	}
}
