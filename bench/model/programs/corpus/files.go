package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"time"
)

// deflate FILE: compresses a file into the working folder, decompresses it, and compares.
func deflate(args []string) error {
	original, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	packed, err := os.Create("packed.gz")
	if err != nil {
		return err
	}
	defer packed.Close()
	writer := gzip.NewWriter(packed)
	if _, err := writer.Write(original); err != nil {
		return err
	}
	if err := writer.Close(); err != nil {
		return err
	}
	if _, err := packed.Seek(0, io.SeekStart); err != nil {
		return err
	}
	reader, err := gzip.NewReader(bufio.NewReader(packed))
	if err != nil {
		return err
	}
	back, err := io.ReadAll(reader)
	if err != nil {
		return err
	}
	if !bytes.Equal(original, back) {
		return fmt.Errorf("%s came back different", args[0])
	}
	fmt.Println(len(back))
	return nil
}

// grep PATTERN DIR: prints how many lines of the files below a folder match.
func grep(args []string) error {
	pattern, err := regexp.Compile(args[0])
	if err != nil {
		return err
	}
	lines, files := 0, 0
	err = filepath.WalkDir(args[1], func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		for line := range bytes.Lines(content) {
			if pattern.Match(line) {
				lines++
			}
		}
		return nil
	})
	fmt.Println(files, "files,", lines, "lines")
	return err
}

// halveImage FILE: decodes a PNG, halves it, and encodes it into the working folder.
func halveImage(args []string) error {
	file, err := os.Open(args[0])
	if err != nil {
		return err
	}
	defer file.Close()
	decoded, err := png.Decode(bufio.NewReader(file))
	if err != nil {
		return err
	}
	whole := image.NewRGBA(decoded.Bounds())
	draw.Draw(whole, whole.Bounds(), decoded, image.Point{}, draw.Src)
	half := image.NewRGBA(image.Rect(0, 0, whole.Bounds().Dx()/2, whole.Bounds().Dy()/2))
	for y := range half.Bounds().Dy() {
		for x := range half.Bounds().Dx() {
			for c := range 4 {
				at := whole.PixOffset(2*x, 2*y) + c
				sum := int(whole.Pix[at]) + int(whole.Pix[at+4]) + int(whole.Pix[at+whole.Stride]) + int(whole.Pix[at+whole.Stride+4])
				half.Pix[half.PixOffset(x, y)+c] = uint8(sum / 4)
			}
		}
	}
	out, err := os.Create("half.png")
	if err != nil {
		return err
	}
	defer out.Close()
	if err := png.Encode(out, half); err != nil {
		return err
	}
	fmt.Println(half.Bounds())
	return nil
}

// writeLog N: a service that logs a line at a time, each its own write.
func writeLog(args []string) error {
	lines, err := count(args, 0)
	if err != nil {
		return err
	}
	file, err := os.OpenFile("service.log", os.O_CREATE|os.O_TRUNC|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	defer file.Close()
	now := time.Unix(1_700_000_000, 0).UTC()
	for i := range lines {
		_, err := fmt.Fprintf(file, "{\"time\":%q,\"level\":\"info\",\"request\":%d,\"status\":%d}\n", now.Format(time.RFC3339Nano), i, 200+i%5)
		if err != nil {
			return err
		}
		now = now.Add(1337 * time.Microsecond)
	}
	fmt.Println(lines, "lines")
	return nil
}
