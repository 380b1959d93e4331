package main

import (
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"sbxbench/scenarios/internal/hosted"
)

func started(t *testing.T, p params) *server {
	t.Helper()
	t.Setenv("SBX_DIR_BIND", t.TempDir())
	t.Setenv("PATH", os.Getenv("PATH"))
	t.Chdir(t.TempDir())
	s, err := start(p)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.stop)
	return s
}

func freePort(t *testing.T) int {
	t.Helper()
	listener, err := net.Listen("tcp4", ":0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}

func TestAServerThatEndsSaysHowAndWhat(t *testing.T) {
	s := started(t, params{argv: []string{"sh", "-c", "echo no database on $PORT >&2; exit 7"}, port: 90})
	select {
	case status := <-s.ended:
		if got := hosted.Outcome(status) + ": " + string(s.said()); got != "exit code 7: no database on 90\n" {
			t.Error(got)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("it did not end")
	}
}

func TestStoppingEndsItsChildren(t *testing.T) {
	s := started(t, params{argv: []string{"sh", "-c", "sleep 60 & sleep 60"}, port: 90})
	began := time.Now()
	s.stop()
	status := <-s.ended
	if !status.Signaled() || time.Since(began) > 10*time.Second {
		t.Errorf("%s after %v", hosted.Outcome(status), time.Since(began))
	}
}

func TestWithoutACommandItServesItself(t *testing.T) {
	port := freePort(t)
	started(t, params{port: port})
	response, err := http.Get("http://127.0.0.1:" + strconv.Itoa(port))
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != 200 || response.ContentLength != bodyBytes {
		t.Errorf("%s, %d bytes", response.Status, response.ContentLength)
	}
}

func TestAMissingServerIsNamed(t *testing.T) {
	t.Setenv("SBX_DIR_BIND", t.TempDir())
	t.Setenv("PATH", "")
	t.Chdir(t.TempDir())
	_, err := start(params{argv: []string{"no-such-server"}, port: 90})
	if err == nil || !strings.Contains(err.Error(), `"no-such-server"`) {
		t.Error(err)
	}
}

func TestAListenerOnLoopbackIsSeenFromInside(t *testing.T) {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	if got := whereItListens(port); got != onLoopback {
		t.Error(got)
	}
	listener.Close()
	if got := whereItListens(port); got != nowhere {
		t.Error(got)
	}
}
