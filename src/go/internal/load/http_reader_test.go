package load

import (
	"strings"
	"testing"
)

// read feeds an answer in pieces of n bytes.
func read(answer string, n int) (*httpReader, bool, error) {
	reader := &httpReader{isGood: (&Plan{}).isGood}
	for len(answer) > 0 {
		size := min(n, len(answer))
		done, err := reader.feed([]byte(answer[:size]))
		answer = answer[size:]
		if done || err != nil {
			return reader, done && answer == "", err
		}
	}
	return reader, false, nil
}

func TestAnswersAreReadHoweverTheyAreCut(t *testing.T) {
	for name, answer := range map[string]string{
		"length":   "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
		"nothing":  "HTTP/1.1 204 No Content\r\n\r\n",
		"empty":    "HTTP/1.1 200 OK\r\ncontent-length:0\r\n\r\n",
		"chunks":   "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\nA\r\n0123456789\r\n0\r\nTrailer: 1\r\n\r\n",
		"announce": "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
	} {
		for _, size := range []int{1, 2, 3, 7, 1000} {
			if reader, done, err := read(answer, size); !done || err != nil || reader.outcome() != "" {
				t.Errorf("%s in pieces of %d: done %v, %v, %q", name, size, done, err, reader.outcome())
			}
		}
	}
}

func TestAnAnswerUpToTheEndOfTheConnectionIsCompleteThen(t *testing.T) {
	reader, done, err := read("HTTP/1.0 200 OK\r\n\r\nhello", 4)
	if done || err != nil || !reader.ended() || !reader.closes() {
		t.Errorf("done %v, %v", done, err)
	}
}

func TestHostileAnswersEndInAnErrorOfBoundedSize(t *testing.T) {
	for name, answer := range map[string]string{
		"not HTTP":     strings.Repeat("\x1b]0;x\x07", 1000),
		"endless head": "HTTP/1.1 200 OK\r\n" + strings.Repeat("A: b\r\n", 100_000),
		"endless size": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + strings.Repeat("0", 100_000),
		"below zero":   "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
		"no number":    "HTTP/1.1 2xx OK\r\n\r\n",
		"two answers":  "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
	} {
		_, _, err := read(answer, 1500)
		if err == nil || len(err.Error()) > 300 {
			t.Errorf("%s: %v", name, err)
		}
	}
}
