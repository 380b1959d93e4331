package load

import (
	"bytes"
	"fmt"
	"net"
	"strconv"
	"strings"
)

// reader follows the bytes of one answer as they come. It keeps nothing of a body: whatever the server sends, the
// generator's memory does not grow with it.
type reader interface {
	// feed takes what was read. done: the answer is complete.
	feed(piece []byte) (done bool, err error)
	// outcome of a complete answer: empty if it is good, else a short name of what is wrong.
	outcome() string
	// closes says that the server ends the connection after this answer.
	closes() bool
	// ended: the connection was closed. complete: that was the end of the answer.
	ended() (complete bool)
	reset()
}

// exchange is the request, the same each time, and how its answer is read.
type exchange struct {
	request   []byte
	newReader func() reader
}

func newExchange(plan *Plan, path string) exchange {
	if plan.Protocol == TCP {
		return exchange{[]byte(plan.Body), func() reader { return &echoReader{expected: []byte(plan.Body)} }}
	}
	var text bytes.Buffer
	fmt.Fprintf(&text, "%s %s HTTP/1.1\r\n", plan.Method, path)
	hasHost := false
	for _, header := range plan.Headers {
		fmt.Fprintf(&text, "%s\r\n", header)
		name, _, _ := strings.Cut(header, ":")
		hasHost = hasHost || strings.EqualFold(strings.TrimSpace(name), "host")
	}
	if !hasHost {
		fmt.Fprintf(&text, "Host: %s\r\n", net.JoinHostPort(plan.Host, strconv.Itoa(plan.Port)))
	}
	if plan.Body != "" || plan.Method == "POST" || plan.Method == "PUT" || plan.Method == "PATCH" {
		fmt.Fprintf(&text, "Content-Length: %d\r\n", len(plan.Body))
	}
	text.WriteString("\r\n")
	text.WriteString(plan.Body)
	return exchange{text.Bytes(), func() reader {
		return &httpReader{isGood: plan.isGood, noBody: plan.Method == "HEAD"}
	}}
}

// echoReader wants the same bytes back.
type echoReader struct {
	expected []byte
	got      int
	differs  bool
}

func (r *echoReader) feed(piece []byte) (bool, error) {
	if r.got+len(piece) > len(r.expected) {
		return false, fmt.Errorf("it sent more than it got")
	}
	r.differs = r.differs || !bytes.Equal(piece, r.expected[r.got:r.got+len(piece)])
	r.got += len(piece)
	return r.got == len(r.expected), nil
}

func (r *echoReader) outcome() string {
	if r.differs {
		return "other bytes than were sent"
	}
	return ""
}

func (r *echoReader) closes() bool { return false }
func (r *echoReader) ended() bool  { return false }
func (r *echoReader) reset()       { r.got, r.differs = 0, false }
