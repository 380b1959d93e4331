package main

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"

	"sbxbench/scenarios/internal/bench"
)

const (
	dataName  = "data-4m"
	dataBytes = 4 << 20
	// What cp and many programs read at a time.
	chunkBytes  = 128 << 10
	randomBytes = 4 << 10
)

// data is an open file of 4 MiB, in the page cache.
type data struct {
	fd     int
	buffer []byte
}

// inDataOfRoot opens the file that the harness has put on the root file system.
func inDataOfRoot(op func(d data) bench.Op) func() (bench.Op, error) {
	return func() (bench.Op, error) {
		dir, err := bench.Dir("SBX_DIR_ROOT")
		if err != nil {
			return bench.Op{}, err
		}
		return openData(dir+"/"+dataName, op)
	}
}

// inOwnData writes such a file first, and removes it when the op is done.
func inOwnData(variable string, op func(d data) bench.Op) func() (bench.Op, error) {
	return func() (bench.Op, error) {
		dir, err := bench.TempDir(variable)
		if err != nil {
			return bench.Op{}, err
		}
		path := dir + "/" + dataName
		made, err := bench.Op{}, os.WriteFile(path, make([]byte, dataBytes), 0o600)
		if err == nil {
			made, err = openData(path, op)
		}
		if err != nil {
			os.RemoveAll(dir)
			return bench.Op{}, err
		}
		closeData := made.Close
		made.Close = func() {
			closeData()
			os.RemoveAll(dir)
		}
		return made, nil
	}
}

func openData(path string, op func(d data) bench.Op) (bench.Op, error) {
	fd, err := unix.Open(path, unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return bench.Op{}, fmt.Errorf("%s: %w", path, err)
	}
	d := data{fd: fd, buffer: make([]byte, chunkBytes)}
	d.readThrough()
	made := op(d)
	made.Close = func() { unix.Close(fd) }
	return made, nil
}

// sequentialRead goes through the whole file in chunks of 128 KiB, again and again.
func sequentialRead(d data) bench.Op {
	return bench.Op{
		Run: func(n int) {
			for range n {
				d.readThrough()
			}
		},
		Unit: bench.BytesPerSecond, Amount: dataBytes, NoSingles: true,
	}
}

func (d data) readThrough() {
	for at := int64(0); at < dataBytes; at += chunkBytes {
		d.readAt(d.buffer, at)
	}
}

// randomRead reads 4 KiB at aligned places, in an order that is the same in every launch.
func randomRead(d data) bench.Op {
	// xorshift64 (Marsaglia 2003): cheap against a read, no allocation.
	state := uint64(88172645463325252)
	return bench.Op{Run: func(n int) {
		for range n {
			state ^= state << 13
			state ^= state >> 7
			state ^= state << 17
			d.readAt(d.buffer[:randomBytes], int64(state%(dataBytes/randomBytes))*randomBytes)
		}
	}}
}

func (d data) readAt(buffer []byte, at int64) {
	moved, err := unix.Pread(d.fd, buffer, at)
	bench.Must("pread64", err)
	if moved != len(buffer) {
		bench.Must("whole read", unix.EIO)
	}
}
