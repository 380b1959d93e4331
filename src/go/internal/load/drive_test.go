package load

import (
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestEveryProtocolIsDrivenAndAnswered(t *testing.T) {
	hello := func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello") }
	for protocol, port := range map[Protocol]int{
		HTTP1: serveHTTP(t, hello), HTTP2: serveHTTP(t, hello), TCP: serveEcho(t, 5, func(int) int64 { return 0 }),
	} {
		plan := planFor(protocol, port)
		if protocol == TCP {
			plan.Body = "hello"
		}
		results, _ := drive(t, plan)
		if got := results[0]; got.Answered != 100 || got.Intended != 100 || len(got.Errors) > 0 || !got.Holds {
			t.Errorf("%s: %+v", protocol, got)
		}
	}
}

func TestTheServerGetsMethodHeadersAndBody(t *testing.T) {
	for _, protocol := range []Protocol{HTTP1, HTTP2} {
		port := serveHTTP(t, func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			if r.Method != "POST" || r.URL.Path != "/a" || r.Header.Get("X-One") != "1" || string(body) != "abc" || r.Host != "example.org" {
				w.WriteHeader(400)
			}
		})
		plan := planFor(protocol, port)
		plan.Method, plan.Path, plan.Body, plan.Headers = "POST", "/a", "abc", []string{"X-One: 1", "Host: example.org"}
		if results, _ := drive(t, plan); len(results[0].Errors) > 0 {
			t.Errorf("%s: %v", protocol, results[0].Errors)
		}
	}
}

func TestAnswersThatAreNotGoodAreCountedByStatus(t *testing.T) {
	plan := planFor(HTTP1, serveHTTP(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }))
	results, capacity := drive(t, plan)
	if got := results[0]; got.Errors["status 503"] != 100 || got.Answered != 0 || got.Holds || capacity.Holds != 0 {
		t.Errorf("%+v, %+v", got, capacity)
	}
}

func TestAServerThatClosesAfterEachAnswerLosesNone(t *testing.T) {
	plan := planFor(HTTP1, serveHTTP(t, func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Connection", "close") }))
	if results, _ := drive(t, plan); results[0].Answered != 100 {
		t.Errorf("%+v", results[0])
	}
}

func TestWhatIsNeverSentCountsAsDroppedAndIsNotLeftOutOfTheLatency(t *testing.T) {
	// One connection that answers in 100 ms: 10 a second of 200.
	plan := planFor(TCP, serveEcho(t, 1, func(int) int64 { return ms(100) }))
	plan.Body, plan.Connections, plan.TimeoutMs = "x", 1, 300
	results, _ := drive(t, plan)
	got := results[0]
	if got.Dropped == 0 || got.Answered+got.Dropped+got.Timeouts != got.Intended {
		t.Errorf("%+v", got)
	}
	if got.Latency.P50 < ms(300) {
		t.Errorf("half of the requests waited at least 300 ms, p50 is %d ns", got.Latency.P50)
	}
}

func TestRatesBeyondAFullServerAreSkippedAndTheSearchFindsItsCapacity(t *testing.T) {
	// Two connections of 10 ms each: 200 a second.
	plan := planFor(TCP, serveEcho(t, 1, func(int) int64 { return ms(10) }))
	plan.Body, plan.Rates, plan.Refine, plan.P99LimitMs = "x", []float64{100, 400, 800}, 4, 60
	skipped := 0
	capacity, err := Drive(plan, Events{func(float64) {}, func(Result) {}, func(float64, string) { skipped++ }})
	if err != nil || skipped != 1 {
		t.Fatalf("%v, %d skipped", err, skipped)
	}
	if capacity.Holds < 150 || capacity.Holds > 215 || capacity.Fails <= capacity.Holds {
		t.Errorf("%+v", capacity)
	}
}

func TestAGeneratorThatIsLateRefusesItsFigures(t *testing.T) {
	plan := planFor(TCP, serveEcho(t, 1, func(int) int64 { return 0 }))
	plan.Body, plan.MaxLagMs = "x", 0.000001
	_, err := Drive(plan, Events{func(float64) {}, func(Result) {}, func(float64, string) {}})
	if kindOf(err) != Lag {
		t.Errorf("%v", err)
	}
}

func TestWaitingSaysWhatIsWrongWithTheServer(t *testing.T) {
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.StartTLS()
	defer secure.Close()
	unused, _ := net.Listen("tcp4", "127.0.0.1:0")
	nobody := unused.Addr().(*net.TCPAddr).Port
	unused.Close()
	garbage, _ := net.Listen("tcp4", "127.0.0.1:0")
	defer garbage.Close()
	go func() {
		for {
			conn, err := garbage.Accept()
			if err != nil {
				return
			}
			_, _ = conn.Write([]byte("220 \x1b[31mmail\r\n"))
			conn.Close()
		}
	}()
	for name, test := range map[string]struct {
		protocol Protocol
		port     int
		kind     FailureKind
		says     string
	}{
		"nobody": {HTTP1, nobody, NotListening, "connection refused"},
		"500":    {HTTP1, serveHTTP(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }), BadAnswer, "GET /: status 500"},
		"tls":    {HTTP1, secure.Listener.Addr().(*net.TCPAddr).Port, TLS, ""},
		"tls h2": {HTTP2, secure.Listener.Addr().(*net.TCPAddr).Port, TLS, ""},
		"mail":   {HTTP1, garbage.Addr().(*net.TCPAddr).Port, NoAnswer, `220 \x1b[31mmail`},
		"slow":   {HTTP1, serveHTTP(t, func(http.ResponseWriter, *http.Request) { time.Sleep(300 * time.Millisecond) }), NoAnswer, "no answer within 100 ms"},
	} {
		plan := planFor(test.protocol, test.port)
		plan.TimeoutMs = 100
		_, err := AwaitUp(plan)
		if kindOf(err) != test.kind || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAPortThatIsTakenIsRefused(t *testing.T) {
	port := serveEcho(t, 1, func(int) int64 { return 0 })
	if kindOf(RequireFree(port)) != PortInUse {
		t.Error("a port in use counts as free")
	}
}

func kindOf(err error) FailureKind {
	var failure *Failure
	if errors.As(err, &failure) {
		return failure.Kind
	}
	return ""
}

func TestARateThatChanceMadeLowerIsNoSignOfAFullServer(t *testing.T) {
	// 48 arrivals instead of 60, by this seed.
	plan := planFor(TCP, serveEcho(t, 1, func(int) int64 { return 0 }))
	plan.Body, plan.Arrivals, plan.Rates, plan.WarmupMs, plan.DurationMs = "x", Poisson, []float64{100, 200}, 200, 600
	results, _ := drive(t, plan)
	if results[0].Intended > 54 || len(results) != 2 {
		t.Errorf("%d of 60 arrivals, %d of 2 rates", results[0].Intended, len(results))
	}
}
