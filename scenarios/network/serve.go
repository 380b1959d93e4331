package main

import (
	"io"
	"net"
	"os"
	"strconv"

	"sbxbench/scenarios/internal/bench"
	"sbxbench/scenarios/internal/protocol"
)

// service is one kind of traffic: both of its ends.
type service struct {
	name string
	// Port of the peer.
	port   string
	serve  func(net.Listener)
	client func(address string) (bench.Op, error)
}

var services = []service{
	{"tcp-rr", "7001", acceptEach(echo), roundTrip},
	{"tcp-stream", "7002", acceptEach(sink), stream},
	{"http", "7003", serveHTTP, requestHTTP},
}

// serveLoopback starts every service within this program; the addresses are by the service's name.
func serveLoopback() (map[string]string, error) {
	addresses := map[string]string{}
	for _, s := range services {
		listener, err := net.Listen("tcp4", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		go s.serve(listener)
		addresses[s.name] = listener.Addr().String()
	}
	// Where the interface is down, listening may work and connecting not.
	conn, err := net.DialTimeout("tcp4", addresses["tcp-rr"], connectTimeout)
	if err != nil {
		return nil, err
	}
	return addresses, conn.Close()
}

// servePeer is the far end: it serves on all addresses until its standard input ends.
func servePeer() {
	protocol.Hello("network")
	for _, s := range services {
		listener, err := net.Listen("tcp4", net.JoinHostPort("", s.port))
		if err != nil {
			bench.Fail(err)
		}
		go s.serve(listener)
	}
	port, err := strconv.Atoi(services[0].port)
	if err != nil {
		bench.Fail(err)
	}
	bench.Ready(port)
	_, _ = io.Copy(io.Discard, os.Stdin)
	protocol.End()
}

func acceptEach(handle func(net.Conn)) func(net.Listener) {
	return func(listener net.Listener) {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				handle(conn)
			}()
		}
	}
}
