package main

import (
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"

	"sbxbench/scenarios/internal/bench"
)

const smallBytes = 4096

// Names that a batch can use at most. Few, so that a folder never grows into another shape on disk.
const smallFiles = 64

// small is a folder of its own, with the names of the files made beforehand.
type small struct {
	names, renamed []string
	content        []byte
}

// inSmallFiles makes an op in a new folder and removes the folder when the op is done.
func inSmallFiles(variable string, op func(s *small) bench.Op) func() (bench.Op, error) {
	return func() (bench.Op, error) {
		leave, err := bench.EnterTempDir(variable)
		if err != nil {
			return bench.Op{}, err
		}
		s := &small{content: make([]byte, smallBytes)}
		for i := range smallFiles {
			s.names = append(s.names, "file-"+strconv.Itoa(i))
			s.renamed = append(s.renamed, "renamed-"+strconv.Itoa(i))
		}
		made := op(s)
		made.MaxBatch = smallFiles
		made.Close = leave
		return made, nil
	}
}

// create makes n new files of 4 KiB: open, write, close.
func create(s *small) bench.Op {
	return bench.Op{Run: s.createAll, After: s.unlinkAll}
}

// write overwrites n files of 4 KiB: open, write, close.
func write(s *small) bench.Op {
	s.createAll(smallFiles)
	return bench.Op{Run: func(n int) {
		for _, name := range s.names[:n] {
			s.transfer(name, unix.O_WRONLY, syscall.Write)
		}
	}}
}

// read reads n files of 4 KiB: open, read, close.
func read(s *small) bench.Op {
	s.createAll(smallFiles)
	return bench.Op{Run: func(n int) {
		for _, name := range s.names[:n] {
			s.transfer(name, unix.O_RDONLY, syscall.Read)
		}
	}}
}

// rename gives n files another name within their folder.
func rename(s *small) bench.Op {
	s.createAll(smallFiles)
	return bench.Op{
		Run: func(n int) { renameAll(s.names[:n], s.renamed) },
		// Back again, untimed.
		After: func(n int) { renameAll(s.renamed[:n], s.names) },
	}
}

// unlink removes n files of 4 KiB.
func unlink(s *small) bench.Op {
	return bench.Op{Before: s.createAll, Run: s.unlinkAll}
}

func (s *small) createAll(n int) {
	for _, name := range s.names[:n] {
		s.transfer(name, unix.O_WRONLY|unix.O_CREAT|unix.O_EXCL, syscall.Write)
	}
}

func (s *small) unlinkAll(n int) {
	for _, name := range s.names[:n] {
		bench.Must("unlink", unix.Unlink(name))
	}
}

// transfer opens a file, moves 4 KiB and closes it.
func (s *small) transfer(name string, flags int, move func(fd int, content []byte) (int, error)) {
	fd, err := unix.Open(name, flags|unix.O_CLOEXEC, 0o600)
	bench.Must("open", err)
	moved, err := move(fd, s.content)
	bench.Must("transfer", err)
	if moved != len(s.content) {
		bench.Must("transfer of 4 KiB", unix.EIO)
	}
	bench.Must("close", unix.Close(fd))
}

func renameAll(from, to []string) {
	for i, name := range from {
		bench.Must("rename", unix.Rename(name, to[i]))
	}
}
