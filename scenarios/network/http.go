package main

import (
	"fmt"
	"io"
	"net"
	"net/http"

	"sbxbench/scenarios/internal/bench"
)

const bodyBytes = 1 << 10

func serveHTTP(listener net.Listener) {
	body := make([]byte, bodyBytes)
	// Returns when the listener fails, and the client says so.
	_ = http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(body)
	}))
}

// requestHTTP asks for 1 KiB again and again on one connection: requests a second of one client.
func requestHTTP(address string) (bench.Op, error) {
	client := &http.Client{Transport: &http.Transport{}, Timeout: connectTimeout}
	url := "http://" + address + "/"
	get := func() error {
		response, err := client.Get(url)
		if err != nil {
			return err
		}
		defer response.Body.Close()
		got, err := io.Copy(io.Discard, response.Body)
		if err == nil && got != bodyBytes {
			err = fmt.Errorf("%d bytes instead of %d", got, bodyBytes)
		}
		return err
	}
	return bench.Op{
		Run: func(n int) {
			for range n {
				bench.Must("GET "+url, get())
			}
		},
		Close: client.CloseIdleConnections,
		Unit:  bench.PerSecond, NoSingles: true, Unlocked: true, KeepGC: true,
	}, nil
}
