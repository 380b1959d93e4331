// Command files times what programs do to files, on the sandbox's root file system, a bind mount and tmpfs.
package main

import "sbxbench/scenarios/internal/bench"

// Where a scenario may write, by the name that its metrics carry.
var writable = []place{{"bind", "SBX_DIR_BIND"}, {"tmpfs", "SBX_DIR_TMPFS"}}

type place struct{ name, variable string }

func main() {
	b := bench.Start("files")

	for _, p := range writable {
		b.Op("create-"+p.name, inSmallFiles(p.variable, create))
		b.Op("write-"+p.name, inSmallFiles(p.variable, write))
		b.Op("read-"+p.name, inSmallFiles(p.variable, read))
		b.Op("rename-"+p.name, inSmallFiles(p.variable, rename))
		b.Op("unlink-"+p.name, inSmallFiles(p.variable, unlink))
	}
	b.Op("seq-read-root", inDataOfRoot(sequentialRead))
	b.Op("rand-read-4k-root", inDataOfRoot(randomRead))
	for _, p := range writable {
		b.Op("seq-read-"+p.name, inOwnData(p.variable, sequentialRead))
		b.Op("rand-read-4k-"+p.name, inOwnData(p.variable, randomRead))
	}

	b.End()
}
