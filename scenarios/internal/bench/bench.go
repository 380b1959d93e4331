// Package bench is the measuring library inside the sandbox. It speaks docs/protocol.md.
//
//	func main() {
//		b := bench.Start("mine")
//		b.Op("sha256", func() (bench.Op, error) { return bench.Op{Run: func(n int) { … }}, nil })
//		b.End()
//	}
//
// Op needs the parameter `opMs` (time for one op) and knows three more: `ops` (names to run, empty = all),
// `thinkNs` (idle time before each single call; batches are left out) and `burnShare` (slows every op, see burning).
package bench

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"sbxbench/scenarios/internal/protocol"
)

// Bench is one launch of a scenario.
type Bench struct {
	Clock  *Clock
	params Params
	ops    []string
	think  time.Duration
	burn   float64
	stdin  *bufio.Reader
	// Kept until the clock is calibrated over the whole program.
	timed []*series
}

// Start says hello, reads the parameters and starts the clock. It must be the first statement of main.
func Start(scenario string) *Bench {
	protocol.Hello(scenario)
	params, err := parseParams(os.Getenv("SBX_PARAMS"))
	if err != nil {
		Fail(err)
	}
	b := &Bench{params: params, stdin: bufio.NewReader(os.Stdin)}
	if _, there := params["ops"]; there {
		b.read("ops", &b.ops)
	}
	if _, there := params["thinkNs"]; there {
		b.think = time.Duration(b.Int("thinkNs"))
	}
	if _, there := params["burnShare"]; there {
		b.burn = b.Float("burnShare")
	}
	b.Clock = NewClock(os.Getenv("SBX_TSC") == "1")
	return b
}

// Op makes an op, times it, and says whether it did. An error of type Skip, or a call that the sandbox
// refuses, skips the op with its reason; any other error ends the program.
func (b *Bench) Op(name string, make func() (Op, error)) bool {
	if !b.Chosen(name) {
		return false
	}
	err := b.try(name, make)
	if err == nil {
		return true
	}
	reason, skipped := skipReason(err)
	if !skipped {
		Fail(fmt.Errorf("%s: %w", name, err))
	}
	b.Skip(name, reason)
	return false
}

func (b *Bench) try(name string, make func() (Op, error)) (err error) {
	defer func() {
		switch failure := recover().(type) {
		case nil:
		case opFailure:
			err = failure.err
		default:
			panic(failure)
		}
	}()
	op, err := make()
	if err != nil {
		return err
	}
	if op.Close != nil {
		defer op.Close()
	}
	if b.burn > 0 {
		if op.Run == nil {
			return Skip("burnShare can't slow an op that times itself")
		}
		op.Run = burning(b.Clock, op.Run, b.burn)
	}
	timed := measure(b.Clock, name, &op, b.budget(), b.think)
	if len(timed.batches)+len(timed.singles) == 0 {
		return Skip("no undisturbed iteration within its time")
	}
	b.timed = append(b.timed, timed)
	return nil
}

func (b *Bench) budget() time.Duration {
	return time.Duration(b.Float("opMs") * float64(time.Millisecond))
}

// Times records an op that the program has timed itself, call by call: ticks of the clock, in time order.
func (b *Bench) Times(name string, ticks []int64) {
	b.timed = append(b.timed, &series{name: name, op: &Op{}, batch: 1, batches: ticks})
}

// End calibrates the clock over the whole program, writes what was timed, and the last line.
func (b *Bench) End() {
	hz := b.Clock.hzEnd()
	writeLine(struct {
		Type       string `json:"type"`
		Source     Source `json:"source"`
		HzStart    int64  `json:"hzStart"`
		HzEnd      int64  `json:"hzEnd"`
		ReadCostNs figure `json:"readCostNs"`
	}{"clock", b.Clock.source, int64(b.Clock.hzStart), int64(hz), figure(float64(b.Clock.readCost) * 1e9 / hz)})
	for _, s := range b.timed {
		writeLine(summarise(s, hz))
	}
	protocol.End()
}

// Mark says that memory can be sampled now, and waits for the host's line on standard input (or its end).
func (b *Bench) Mark(name string) {
	writeLine(struct {
		Type string `json:"type"`
		Name string `json:"name"`
	}{"mark", name})
	// End of input means that nobody samples: go on.
	_, _ = b.stdin.ReadString('\n')
}

// What the harness answers to Serve.
const (
	Served = "served"
	// Nothing could be reached from outside.
	Unreachable = "unreachable"
)

// Serve says that a server was started, which the harness now drives from outside. The channel has the harness's line
// when it has done so.
func (b *Bench) Serve() <-chan string {
	writeLine(struct {
		Type string `json:"type"`
	}{"serve"})
	line := make(chan string, 1)
	go func() {
		said, _ := b.stdin.ReadString('\n')
		line <- strings.TrimSpace(said)
	}()
	return line
}

// Chosen says whether an op is to be run: the parameter `ops` names it, or names none.
func (b *Bench) Chosen(op string) bool { return len(b.ops) == 0 || slices.Contains(b.ops, op) }

// Int is a parameter that is a whole number.
func (b *Bench) Int(name string) int {
	var v int
	b.read(name, &v)
	return v
}

// Text is a parameter that is a text.
func (b *Bench) Text(name string) string {
	var v string
	b.read(name, &v)
	return v
}

// Texts is a parameter that is a list of texts.
func (b *Bench) Texts(name string) []string {
	var v []string
	b.read(name, &v)
	return v
}

// Float is a parameter that is a number.
func (b *Bench) Float(name string) float64 {
	var v float64
	b.read(name, &v)
	return v
}

func (b *Bench) read(name string, into any) {
	if err := b.params.decode(name, into); err != nil {
		Fail(err)
	}
}

// Fail ends the program with a message and exit code 1.
func Fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
