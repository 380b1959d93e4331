package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"os"
	"path/filepath"
)

const (
	textBytes   = 24 << 20
	shortBytes  = 1 << 20
	sourceFiles = 900
	assetFiles  = 8
	assetBytes  = 64 << 10
)

var words = []string{
	"sandbox", "kernel", "page", "fault", "system", "call", "thread", "network", "socket", "signal", "memory", "map",
	"file", "directory", "process", "child", "parent", "wait", "queue", "lock", "channel", "select", "return", "func",
}

// prepare writes the inputs. The same on every host: seeded, and without a clock.
func prepare(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("usage: corpus prepare DIR")
	}
	dir := args[0]
	random := rand.New(rand.NewPCG(1, 2))
	for _, folder := range []string{"tree", "assets"} {
		if err := os.MkdirAll(filepath.Join(dir, folder), 0o755); err != nil {
			return err
		}
	}
	files := map[string][]byte{
		"text":        prose(random, textBytes),
		"short":       prose(random, shortBytes),
		"picture.png": picture(random, 900, 700),
	}
	for i := range sourceFiles {
		files[fmt.Sprintf("tree/part%02d/file%03d.go", i%30, i)] = prose(random, 2000+random.IntN(12_000))
	}
	for i := range assetFiles {
		files[fmt.Sprintf("assets/asset%d", i)] = prose(random, assetBytes)
	}
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// prose is lines of words and numbers: it compresses about as well as text does.
func prose(random *rand.Rand, size int) []byte {
	var text bytes.Buffer
	for text.Len() < size {
		for range 6 + random.IntN(8) {
			fmt.Fprintf(&text, "%s ", words[random.IntN(len(words))])
		}
		fmt.Fprintf(&text, "%d\n", random.IntN(100_000))
	}
	return text.Bytes()[:size]
}

// picture has smooth parts and noise, like a photograph.
func picture(random *rand.Rand, width, height int) []byte {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			noise := uint8(random.IntN(12))
			img.SetRGBA(x, y, color.RGBA{uint8(x*255/width) + noise, uint8(y * 255 / height), uint8((x + y) / 7), 255})
		}
	}
	var encoded bytes.Buffer
	// Cannot fail: the picture is small, and the writer is memory.
	_ = png.Encode(&encoded, img)
	return encoded.Bytes()
}
