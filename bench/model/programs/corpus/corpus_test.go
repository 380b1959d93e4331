package main

import (
	"crypto/sha256"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// inputs are made once for all tests.
var inputs string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "sbx-corpus-")
	if err != nil {
		panic(err)
	}
	inputs = dir
	if err := prepare([]string{dir}); err != nil {
		panic(err)
	}
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// printed runs a program in an empty folder and returns what it printed.
func printed(t *testing.T, args ...string) string {
	t.Helper()
	t.Chdir(t.TempDir())
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout := os.Stdout
	os.Stdout = writer
	err = run(args)
	os.Stdout = stdout
	writer.Close()
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(text))
}

func TestProgramsDoWhatTheySay(t *testing.T) {
	for _, one := range []struct {
		want string
		args []string
	}{
		{"1048576", []string{"deflate", filepath.Join(inputs, "short")}},
		{"(0,0)-(450,350)", []string{"image", filepath.Join(inputs, "picture.png")}},
		{"500 lines", []string{"log", "500"}},
		{"200 orders", []string{"json-service", "200"}},
		{"1048576 bytes", []string{"http-files", filepath.Join(inputs, "assets"), "16"}},
	} {
		if got := printed(t, one.args...); got != one.want {
			t.Errorf("%s printed %q, want %q", one.args[0], got, one.want)
		}
	}
}

func TestProgramsDoTheSameEachTime(t *testing.T) {
	for _, args := range [][]string{
		{"grep", "sand[a-z]+.*99", filepath.Join(inputs, "tree")}, {"pages", "100"}, {"pool", "500"},
	} {
		if first, second := printed(t, args...), printed(t, args...); first != second || first == "" {
			t.Errorf("%s printed %q, then %q", args[0], first, second)
		}
	}
}

func TestInputsAreTheSameEverywhere(t *testing.T) {
	again := t.TempDir()
	if err := prepare([]string{again}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"text", "short", "picture.png", "tree/part03/file033.go", "assets/asset7"} {
		if hashOf(t, inputs, name) != hashOf(t, again, name) {
			t.Errorf("%s differs", name)
		}
	}
}

func hashOf(t *testing.T, dir, name string) [32]byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return sha256.Sum256(content)
}

func TestUnknownProgramIsAnsweredWithTheNames(t *testing.T) {
	if err := run([]string{"nothing"}); err == nil || !strings.Contains(err.Error(), "deflate") {
		t.Fatal(err)
	}
}
