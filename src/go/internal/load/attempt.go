package load

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
	"strconv"
	"time"
)

// How long a connection may take to be made while the server is waited for: beyond it a packet was lost, and the kernel
// would wait a second before the next.
const attemptConnect = 200 * time.Millisecond

func (p *Plan) address() string { return net.JoinHostPort(p.Host, strconv.Itoa(p.Port)) }

// attempt asks once, on a connection of its own. fault says what is wrong with an answer that came.
func attempt(plan *Plan, path string) (fault string, err error) {
	if plan.Protocol == HTTP2 {
		return attemptHTTP2(plan, path)
	}
	connection, err := net.DialTimeout("tcp4", plan.address(), attemptConnect)
	if err != nil {
		return "", err
	}
	defer connection.Close()
	_ = connection.(*net.TCPConn).SetLinger(0)
	_ = connection.SetDeadline(time.Now().Add(plan.timeout()))
	exchange := newExchange(plan, path)
	if _, err := connection.Write(exchange.request); err != nil {
		return "", err
	}
	reader := exchange.newReader()
	buffer := make([]byte, 16<<10)
	for {
		n, err := connection.Read(buffer)
		if n > 0 {
			done, err := reader.feed(buffer[:n])
			if err != nil {
				return "", err
			}
			if done {
				return reader.outcome(), nil
			}
		}
		if errors.Is(err, io.EOF) && reader.ended() {
			return reader.outcome(), nil
		}
		if errors.Is(err, io.EOF) {
			err = errGone
		}
		if err != nil {
			return "", err
		}
	}
}

// speaksTLS tells by a handshake; whose certificate it is does not matter.
func speaksTLS(plan *Plan) bool {
	dialer := &net.Dialer{Timeout: time.Second}
	connection, err := tls.DialWithDialer(dialer, "tcp4", plan.address(), &tls.Config{InsecureSkipVerify: true})
	if err != nil {
		return false
	}
	connection.Close()
	return true
}
