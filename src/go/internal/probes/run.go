package probes

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// Line is what is said to the harness, one a line of stdout.
type Line struct {
	// Type is ready, start, holding, result or end.
	Type  string `json:"type"`
	Probe string `json:"probe,omitempty"`
	// Outcome is done, refused, control-failed, killed or timeout.
	Outcome string `json:"outcome,omitempty"`
	// Errno is the name of the error, where one was returned.
	Errno string `json:"errno,omitempty"`
	// Answer is what a probe claims to have read.
	Answer string  `json:"answer,omitempty"`
	Detail string  `json:"detail,omitempty"`
	Inside *Inside `json:"inside,omitempty"`
}

// Inside is what the kernel of the sandbox says of this process.
type Inside struct {
	Pid    int               `json:"pid"`
	Status map[string]string `json:"status"`
}

const (
	childOutputBytes = 64 * 1024
	seenLimit        = 3 * time.Second
	seenPoll         = 5 * time.Millisecond
)

// Probe tries one thing.
type Probe struct {
	// Control must succeed wherever a program can run at all; an error says that the probe proves nothing here.
	Control func() error
	// Try returns nil where it got what it wanted.
	Try func(*Try) error
}

// Try is one attempt.
type Try struct {
	*Request
	name   string
	Answer string
}

// Hold shows the harness what the probe has got, until it has seen it.
func (t *Try) Hold() {
	say(Line{Type: "holding", Probe: t.name})
	seen := fmt.Sprintf("%s/seen-%s-%s", os.Getenv("SBX_DIR_BIND"), t.name, t.Nonce)
	for limit := time.Now().Add(seenLimit); time.Now().Before(limit); time.Sleep(seenPoll) {
		if unix.Access(seen, unix.F_OK) == nil {
			return
		}
	}
}

func say(line Line) {
	text, _ := json.Marshal(line)
	os.Stdout.Write(append(text, '\n'))
}

// RunAll runs one probe after another, each in a process of its own.
func RunAll(request *Request) {
	say(Line{Type: "ready", Inside: inside()})
	// The harness reads its posture from outside meanwhile.
	(&Try{Request: request, name: "posture"}).Hold()
	for _, name := range request.Probes {
		say(Line{Type: "start", Probe: name})
		say(runOne(request, name))
	}
	say(Line{Type: "end"})
}

func inside() *Inside {
	status := map[string]string{}
	text, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(text)) {
		if name, value, found := strings.Cut(line, ":"); found {
			status[name] = strings.Join(strings.Fields(value), " ")
		}
	}
	return &Inside{Pid: os.Getpid(), Status: status}
}

func runOne(request *Request, name string) Line {
	limit := time.Duration(request.LimitMs) * time.Millisecond
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	command := exec.CommandContext(ctx, "/proc/self/exe", request.Token, "child", name)
	// As a group, so that what a hung probe started ends with it.
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
	command.WaitDelay = time.Second
	output, err := command.StdoutPipe()
	if err != nil {
		return failed(name, err)
	}
	if err := command.Start(); err != nil {
		return failed(name, err)
	}
	result, said := relay(name, output)
	err = command.Wait()
	syscall.Kill(-command.Process.Pid, syscall.SIGKILL)
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return Line{Type: "result", Probe: name, Outcome: "timeout", Detail: fmt.Sprintf("no end within %v", limit)}
	case errors.As(err, &exit) && exit.Sys().(syscall.WaitStatus).Signaled():
		signal := exit.Sys().(syscall.WaitStatus).Signal()
		return Line{Type: "result", Probe: name, Outcome: "killed", Detail: unix.SignalName(signal)}
	case !said:
		return Line{Type: "result", Probe: name, Outcome: "control-failed", Detail: fmt.Sprintf("it said nothing: %v", err)}
	}
	return result
}

func failed(name string, err error) Line {
	return Line{Type: "result", Probe: name, Outcome: "control-failed", Detail: fmt.Sprintf("no process for it: %v", err)}
}

// relay passes on that a probe holds something, and returns its result.
func relay(name string, output io.Reader) (result Line, said bool) {
	scanner := bufio.NewScanner(io.LimitReader(output, childOutputBytes))
	for scanner.Scan() {
		var line Line
		if json.Unmarshal(scanner.Bytes(), &line) != nil || line.Probe != name {
			continue
		}
		switch line.Type {
		case "holding":
			say(line)
		case "result":
			result, said = line, true
		}
	}
	return result, said
}

// RunChild is the process of one probe.
func RunChild(request *Request, name string) (int, error) {
	probe, known := all[name]
	if !known {
		return 2, fmt.Errorf("there is no probe %q", name)
	}
	if probe.Control != nil {
		if err := probe.Control(); err != nil {
			say(Line{Type: "result", Probe: name, Outcome: "control-failed", Detail: err.Error()})
			return 0, nil
		}
	}
	try := &Try{Request: request, name: name}
	line := Line{Type: "result", Probe: name, Outcome: "done"}
	if err := probe.Try(try); err != nil {
		line.Outcome, line.Detail = "refused", withoutPath(err)
		var errno syscall.Errno
		if errors.As(err, &errno) {
			line.Errno = unix.ErrnoName(errno)
		}
	}
	line.Answer = try.Answer
	say(line)
	return 0, nil
}

// withoutPath leaves out where canaries stand: that is new in every launch, and of no interest.
func withoutPath(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return fmt.Sprintf("%s: %v", path.Op, path.Err)
	}
	var network *net.OpError
	if errors.As(err, &network) {
		return fmt.Sprintf("%s: %v", network.Op, network.Err)
	}
	return err.Error()
}
