package load

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
)

var headEnd = []byte("\r\n\r\n")

// readHead collects until the empty line. Answers below 200 only announce the real one (RFC 9110, section 15.2).
func (r *httpReader) readHead(piece []byte) (done bool, rest []byte, err error) {
	from := max(0, len(r.line)-len(headEnd)+1)
	before := len(r.line)
	r.line = append(r.line, piece[:min(len(piece), mostHeadBytes)]...)
	if err := checkStart(r.line); err != nil {
		return false, nil, err
	}
	end := bytes.Index(r.line[from:], headEnd)
	if end < 0 {
		if len(r.line) > mostHeadBytes {
			return false, nil, errors.New("the head of the answer does not end")
		}
		return false, nil, nil
	}
	end += from + len(headEnd)
	rest = piece[end-before:]
	err = r.parseHead(r.line[:end-len(headEnd)])
	r.line = r.line[:0]
	if err != nil {
		return false, nil, err
	}
	if r.status < 200 {
		r.status = 0
		return false, rest, nil
	}
	if r.noBody || r.status == 204 || r.status == 304 {
		return true, rest, nil
	}
	return r.state == inLength && r.left == 0, rest, nil
}

// checkStart answers early where no answer of this kind will come: a TLS server never sends an empty line.
func checkStart(head []byte) error {
	const start = "HTTP/1."
	shown := head[:min(len(head), len(start))]
	if bytes.HasPrefix([]byte(start), shown) {
		return nil
	}
	// A TLS alert or handshake record (RFC 8446, section 5.1).
	if len(head) >= 2 && (head[0] == 0x15 || head[0] == 0x16) && head[1] == 3 {
		return errTLS
	}
	return fmt.Errorf("%w: it begins with %.40q", errNotHTTP, head[:min(len(head), 40)])
}

var errTLS = errors.New("it speaks TLS")

func (r *httpReader) parseHead(head []byte) error {
	line, fields, _ := bytes.Cut(head, []byte("\r\n"))
	// HTTP/1.1 200 OK
	if len(line) < 12 || line[8] != ' ' {
		return fmt.Errorf("%w: its first line is %.60q", errNotHTTP, line)
	}
	status, err := strconv.Atoi(string(line[9:12]))
	if err != nil || status < 100 {
		return fmt.Errorf("%w: its first line is %.60q", errNotHTTP, line)
	}
	r.status, r.state, r.close = status, untilClose, line[7] == '0'
	chunked := false
	for len(fields) > 0 {
		var field []byte
		field, fields, _ = bytes.Cut(fields, []byte("\r\n"))
		name, value, _ := bytes.Cut(field, []byte(":"))
		value = bytes.TrimSpace(value)
		switch {
		case bytes.EqualFold(name, []byte("content-length")) && !chunked:
			r.left, err = strconv.ParseInt(string(value), 10, 63)
			if err != nil || r.left < 0 {
				return fmt.Errorf("Content-Length is %.40q", value)
			}
			r.state = inLength
		case bytes.EqualFold(name, []byte("transfer-encoding")) && bytes.EqualFold(value, []byte("chunked")):
			r.state, r.left, chunked = inChunkSize, 0, true
		case bytes.EqualFold(name, []byte("connection")):
			r.close = bytes.EqualFold(value, []byte("close"))
		}
	}
	if r.status < 200 {
		r.state = inHead
	}
	return nil
}
