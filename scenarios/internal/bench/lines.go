package bench

import (
	"encoding/json"

	"sbxbench/scenarios/internal/protocol"
)

// Value writes a figure that is no timing.
func (b *Bench) Value(name, unit string, value float64) {
	writeLine(struct {
		Type  string  `json:"type"`
		Name  string  `json:"name"`
		Unit  string  `json:"unit"`
		Value float64 `json:"value"`
	}{"value", name, unit, value})
}

// Check writes the result of a self-check, also when it holds.
func (b *Bench) Check(name, expected, actual string) {
	writeLine(struct {
		Type     string `json:"type"`
		Name     string `json:"name"`
		OK       bool   `json:"ok"`
		Expected string `json:"expected"`
		Actual   string `json:"actual"`
	}{"check", name, expected == actual, expected, actual})
}

// Skip writes that an op cannot be done here. Ops that were not chosen are not mentioned.
func (b *Bench) Skip(op, reason string) {
	if !b.Chosen(op) {
		return
	}
	writeLine(struct {
		Type   string `json:"type"`
		Op     string `json:"op"`
		Reason string `json:"reason"`
	}{"skip", op, reason})
}

// Ready says that the far end of network ops listens, from this port on.
func Ready(port int) {
	writeLine(struct {
		Type string `json:"type"`
		Port int    `json:"port"`
	}{"ready", port})
}

func writeLine(line any) {
	text, err := json.Marshal(line)
	if err != nil {
		Fail(err)
	}
	protocol.Write(append(text, '\n'))
}
