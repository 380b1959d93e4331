package hosted

import (
	"fmt"
	"slices"
)

// What is kept of each end of an output for the failure's message. The harness keeps twice 4096 of what we hand on,
// mark and all.
const endBytes = 4000

// Kept holds how an output began and how it ended, however much came between.
type Kept struct {
	Bytes      int64
	head, tail []byte
}

// Add takes what came next.
func (k *Kept) Add(piece []byte) {
	k.Bytes += int64(len(piece))
	missing := min(len(piece), endBytes-len(k.head))
	k.head = append(k.head, piece[:missing]...)
	piece = piece[missing:]
	piece = piece[max(0, len(piece)-endBytes):]
	k.tail = append(k.tail[max(0, min(len(k.tail), len(k.tail)+len(piece)-endBytes)):], piece...)
}

// Text says how much is left out, where anything is.
func (k *Kept) Text() []byte {
	mark := ""
	if left := k.Bytes - int64(len(k.head)+len(k.tail)); left > 0 {
		mark = fmt.Sprintf("\n[… %d bytes left out …]\n", left)
	}
	return slices.Concat(k.head, []byte(mark), k.tail)
}
