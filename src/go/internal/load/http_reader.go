package load

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
)

const (
	// What Go's own client takes of a head is 10 MB; no server under test needs more than this.
	mostHeadBytes = 64 << 10
	mostLineBytes = 4 << 10
)

type bodyKind int

const (
	inHead bodyKind = iota
	inLength
	inChunkSize
	inChunk
	inChunkEnd
	inTrailer
	untilClose
)

// httpReader reads HTTP/1.1 answers (RFC 9112): a body of known length, in chunks, or up to the connection's end.
type httpReader struct {
	isGood func(status int) bool
	noBody bool

	state  bodyKind
	line   []byte
	left   int64
	status int
	close  bool
}

var errNotHTTP = errors.New("the answer is not HTTP/1.1")

func (r *httpReader) reset() {
	r.state, r.line, r.left, r.status, r.close = inHead, r.line[:0], 0, 0, false
}

func (r *httpReader) closes() bool { return r.close || r.state == untilClose }
func (r *httpReader) ended() bool  { return r.state == untilClose }

func (r *httpReader) outcome() string {
	if r.isGood(r.status) {
		return ""
	}
	return statusFault(r.status)
}

func (r *httpReader) feed(piece []byte) (bool, error) {
	for {
		done, rest, err := r.step(piece)
		if err != nil {
			return false, err
		}
		if done && len(rest) > 0 {
			return false, fmt.Errorf("it sent more than one answer to one request")
		}
		if done || len(rest) == 0 {
			return done, nil
		}
		piece = rest
	}
}

// step takes what belongs to the present state.
func (r *httpReader) step(piece []byte) (done bool, rest []byte, err error) {
	switch r.state {
	case inHead:
		return r.readHead(piece)
	case inLength, inChunk:
		taken := min(int64(len(piece)), r.left)
		r.left -= taken
		if r.left == 0 && r.state == inChunk {
			r.state = inChunkEnd
		}
		return r.left == 0 && r.state == inLength, piece[taken:], nil
	case untilClose:
		return false, nil, nil
	}
	line, rest, err := r.readLine(piece)
	if line == nil || err != nil {
		return false, rest, err
	}
	switch r.state {
	case inChunkEnd:
		r.state = inChunkSize
	case inTrailer:
		return len(line) == 0, rest, nil
	default:
		size, _, _ := bytes.Cut(line, []byte(";"))
		r.left, err = strconv.ParseInt(string(bytes.TrimSpace(size)), 16, 63)
		if err != nil || r.left < 0 {
			return false, nil, fmt.Errorf("a chunk's size is %.40q", size)
		}
		r.state = inChunk
		if r.left == 0 {
			r.state = inTrailer
		}
	}
	return false, rest, nil
}

// readLine collects up to a line's end; a nil line is not complete yet.
func (r *httpReader) readLine(piece []byte) (line, rest []byte, err error) {
	end := bytes.IndexByte(piece, '\n')
	if end < 0 {
		end = len(piece) - 1
	}
	r.line = append(r.line, piece[:end+1]...)
	if len(r.line) > mostLineBytes {
		return nil, nil, errors.New("a line of the answer does not end")
	}
	if len(r.line) == 0 || r.line[len(r.line)-1] != '\n' {
		return nil, piece[end+1:], nil
	}
	line = bytes.TrimRight(r.line, "\r\n")
	if line == nil {
		line = []byte{}
	}
	r.line = r.line[:0]
	return line, piece[end+1:], nil
}

func statusFault(status int) string { return fmt.Sprintf("status %d", status) }
