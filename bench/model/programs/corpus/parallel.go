package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
)

const (
	poolWorkers = 8
	poolBytes   = 2 << 10
)

// pool N: eight workers hash N small jobs that come over one channel, and answer over another.
func pool(args []string) error {
	jobs, err := count(args, 0)
	if err != nil {
		return err
	}
	todo, done := make(chan int), make(chan byte)
	go func() {
		for job := range jobs {
			todo <- job
		}
		close(todo)
	}()
	for range poolWorkers {
		go func() {
			block := make([]byte, poolBytes)
			for job := range todo {
				block[0], block[1] = byte(job), byte(job>>8)
				sum := sha256.Sum256(block)
				done <- sum[0]
			}
		}()
	}
	total := 0
	for range jobs {
		total += int(<-done)
	}
	fmt.Println(jobs, "jobs,", total)
	return nil
}

// spawn N: starts itself N times, one after another, as a build tool starts its tools.
func spawn(args []string) error {
	children, err := count(args, 0)
	if err != nil {
		return err
	}
	for range children {
		command := exec.Command(os.Args[0], "noop")
		if output, err := command.CombinedOutput(); err != nil {
			return fmt.Errorf("%w: %s", err, output)
		}
	}
	fmt.Println(children, "children")
	return nil
}
