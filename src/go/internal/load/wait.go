package load

import (
	"errors"
	"fmt"
	"net"
	"time"

	"golang.org/x/sys/unix"
)

// FailureKind is what the harness words its advice by.
type FailureKind string

const (
	PortInUse FailureKind = "port-in-use"
	// Nothing listens where the generator can reach it.
	NotListening FailureKind = "not-listening"
	// It takes connections and does not answer, or not in this protocol.
	NoAnswer  FailureKind = "no-answer"
	BadAnswer FailureKind = "bad-answer"
	TLS       FailureKind = "tls"
	// The generator could not keep its own schedule.
	Lag FailureKind = "lag"
	// It lost its connections and could not make them anew.
	Broken FailureKind = "broken"
)

// Failure ends a drive.
type Failure struct {
	Kind   FailureKind
	Detail string
}

func (f *Failure) Error() string { return fmt.Sprintf("%s: %s", f.Kind, f.Detail) }

const retryEvery = time.Millisecond

// RequireFree: a server that listens on the port already would be measured in another's place.
func RequireFree(port int) error {
	listener, err := net.ListenTCP("tcp4", &net.TCPAddr{Port: port})
	if errors.Is(err, unix.EADDRINUSE) {
		return &Failure{PortInUse, fmt.Sprintf("something listens on port %d already", port)}
	}
	if err != nil {
		return nil
	}
	return listener.Close()
}

// AwaitUp asks until the first good answer, and says when that came (CLOCK_MONOTONIC, ns).
func AwaitUp(plan *Plan) (int64, error) {
	path := plan.HealthPath
	if path == "" {
		path = plan.Path
	}
	limit := now() + plan.UpTimeoutMs*1e6
	askedTLS := false
	for {
		fault, err := attempt(plan, path)
		at := now()
		if fault == "" && err == nil {
			break
		}
		// Only what answers can be told from a server that is still starting.
		isOdd := fault != "" || errors.Is(err, errNotHTTP) || errors.Is(err, errGone) || errors.Is(err, errHTTP2)
		if errors.Is(err, errTLS) || (isOdd && !askedTLS && speaksTLS(plan)) {
			return 0, &Failure{TLS, "the server speaks TLS"}
		}
		askedTLS = askedTLS || isOdd
		if at >= limit {
			return 0, notUp(plan, path, fault, err)
		}
		time.Sleep(retryEvery)
	}
	up := now()
	if plan.Protocol == TCP || path == plan.Path {
		return up, nil
	}
	if fault, err := attempt(plan, plan.Path); fault != "" || err != nil {
		return 0, notUp(plan, plan.Path, fault, err)
	}
	return up, nil
}

func notUp(plan *Plan, path, fault string, err error) error {
	asked := ""
	if plan.Protocol != TCP {
		asked = fmt.Sprintf("%s %s: ", plan.Method, path)
	}
	var failed net.Error
	switch {
	case fault != "":
		return &Failure{BadAnswer, asked + fault}
	case errors.Is(err, unix.ECONNREFUSED), isDial(err):
		return &Failure{NotListening, fmt.Sprintf("%s:%d: %s", plan.Host, plan.Port, causeOf(err))}
	case errors.As(err, &failed) && failed.Timeout():
		return &Failure{NoAnswer, fmt.Sprintf("%sno answer within %d ms", asked, plan.TimeoutMs)}
	}
	return &Failure{NoAnswer, asked + causeOf(err)}
}

func isDial(err error) bool {
	var failed *net.OpError
	return errors.As(err, &failed) && failed.Op == "dial"
}

func causeOf(err error) string {
	var errno unix.Errno
	if errors.As(err, &errno) {
		return errno.Error()
	}
	return err.Error()
}
