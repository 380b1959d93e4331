// Package load drives a server open-loop: requests leave when a schedule computed beforehand says so, and latency
// counts from that moment, whether or not an earlier answer is late.
package load

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Protocol is what is spoken with the server, in clear text.
type Protocol string

const (
	HTTP1 Protocol = "http1"
	// HTTP2 with prior knowledge (RFC 9113, section 3.3).
	HTTP2 Protocol = "http2"
	// TCP: the server sends back what it gets, byte for byte.
	TCP Protocol = "tcp"
)

// Plan is all that a drive needs, as the harness writes it. Times are in ms, rates in requests a second.
type Plan struct {
	Protocol Protocol `json:"protocol"`
	Host     string   `json:"host"`
	Port     int      `json:"port"`
	Method   string   `json:"method"`
	Path     string   `json:"path"`
	// HealthPath is asked until it is answered well; empty = Path. Without meaning for TCP.
	HealthPath string   `json:"healthPath"`
	Headers    []string `json:"headers"`
	Body       string   `json:"body"`
	// ExpectStatus counts as a good answer; 0 = any from 200 to 299.
	ExpectStatus int       `json:"expectStatus"`
	Connections  int       `json:"connections"`
	Arrivals     Arrivals  `json:"arrivals"`
	Seed         uint64    `json:"seed"`
	Rates        []float64 `json:"rates"`
	WarmupMs     int64     `json:"warmupMs"`
	DurationMs   int64     `json:"durationMs"`
	TimeoutMs    int64     `json:"timeoutMs"`
	UpTimeoutMs  int64     `json:"upTimeoutMs"`
	// P99LimitMs is what a rate has to keep to hold; Refine, how often the gap between the last rate that holds and
	// the first that does not is halved.
	P99LimitMs float64 `json:"p99LimitMs"`
	Refine     int     `json:"refine"`
	// MaxLagMs is by how much the generator's own p99 may be late; beyond it its figures are not the server's.
	MaxLagMs float64 `json:"maxLagMs"`
	// RequireFreePort: whatever listens there already would be measured in the server's place.
	RequireFreePort bool `json:"requireFreePort"`
}

// Check says what is wrong with a plan, in the words of its fields.
func (p *Plan) Check() error {
	switch {
	case p.Protocol != HTTP1 && p.Protocol != HTTP2 && p.Protocol != TCP:
		return fmt.Errorf("protocol %q: has to be %q, %q or %q", p.Protocol, HTTP1, HTTP2, TCP)
	case p.Port < 1 || p.Port > 65535:
		return fmt.Errorf("port %d: has to be from 1 to 65535", p.Port)
	case p.Connections < 1 || p.Connections > 10_000:
		return fmt.Errorf("connections %d: has to be from 1 to 10000", p.Connections)
	case len(p.Rates) == 0:
		return errors.New("rates: needs at least one")
	case p.DurationMs < 1 || p.WarmupMs < 0 || p.TimeoutMs < 1 || p.UpTimeoutMs < 1:
		return errors.New("durationMs, timeoutMs and upTimeoutMs have to be at least 1, warmupMs at least 0")
	case p.Protocol == TCP && p.Body == "":
		return errors.New("body: a TCP echo needs at least one byte")
	}
	if p.Protocol == TCP {
		return nil
	}
	for _, path := range []string{p.Path, p.HealthPath} {
		if path != "" && (path[0] != '/' || strings.ContainsAny(path, " \r\n")) {
			return fmt.Errorf("path %q: has to start with / and to have no blanks", path)
		}
	}
	if strings.ContainsAny(p.Method, " \r\n") || p.Method == "" {
		return fmt.Errorf("method %q: has to be one word", p.Method)
	}
	for _, header := range p.Headers {
		name, _, found := strings.Cut(header, ":")
		if !found || name == "" || strings.ContainsAny(header, "\r\n") {
			return fmt.Errorf("header %q: has to be NAME: VALUE", header)
		}
		owned := []string{"content-length", "transfer-encoding", "connection"}
		if slices.Contains(owned, strings.ToLower(strings.TrimSpace(name))) {
			return fmt.Errorf("header %q: the load generator sets it itself", header)
		}
	}
	return nil
}

func (p *Plan) timeout() time.Duration { return time.Duration(p.TimeoutMs) * time.Millisecond }

func (p *Plan) isGood(status int) bool {
	if p.ExpectStatus != 0 {
		return status == p.ExpectStatus
	}
	return status >= 200 && status <= 299
}
