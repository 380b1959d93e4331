package hosted

import (
	"slices"
	"strings"
	"testing"
)

func TestPiecesOfAnySizeAddUp(t *testing.T) {
	for _, size := range []int{1, 7, endBytes - 1, endBytes, 3 * endBytes} {
		text := strings.Repeat("0123456789", endBytes)
		var k Kept
		for piece := range slices.Chunk([]byte(text[:2*endBytes]), size) {
			k.Add(piece)
		}
		if string(k.Text()) != text[:2*endBytes] {
			t.Fatalf("pieces of %d: %d bytes", size, len(k.Text()))
		}
		k.Add([]byte(text))
		if got := string(k.tail); got != text[len(text)-endBytes:] {
			t.Fatalf("pieces of %d: the end is %d bytes", size, len(got))
		}
	}
}

func TestEnvironmentIsTheSameWhereverItRuns(t *testing.T) {
	inherited := []string{"HOME=/root", "SECRET=1", "SBX_PARAMS={}", "SBX_DIR_BIND=/x", "SBX_BENCH_RUN=r1"}
	got := environment(inherited, "/bind", "/bind/.tmp", []string{"HOME=/scratch", "A=b"})
	want := []string{"SBX_BENCH_RUN=r1", "PATH=" + searchPath, "TMPDIR=/bind/.tmp", "LC_ALL=C", "HOME=/scratch", "A=b"}
	if !slices.Equal(got, want) {
		t.Fatal(got)
	}
}
