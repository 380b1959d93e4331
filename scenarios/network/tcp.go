package main

import (
	"encoding/binary"
	"io"
	"net"
	"time"

	"sbxbench/scenarios/internal/bench"
)

const connectTimeout = 5 * time.Second

// echo sends each byte back, until the client hangs up.
func echo(conn net.Conn) {
	message := make([]byte, 1)
	for {
		if _, err := io.ReadFull(conn, message); err != nil {
			return
		}
		if _, err := conn.Write(message); err != nil {
			return
		}
	}
}

// roundTrip sends one byte and waits for it to come back, on a connection that stays open.
func roundTrip(address string) (bench.Op, error) {
	conn, err := net.DialTimeout("tcp4", address, connectTimeout)
	if err != nil {
		return bench.Op{}, err
	}
	message := make([]byte, 1)
	return bench.Op{
		Run: func(n int) {
			for range n {
				_, err := conn.Write(message)
				bench.Must("send", err)
				_, err = io.ReadFull(conn, message)
				bench.Must("receive", err)
			}
		},
		Close:    func() { conn.Close() },
		Unlocked: true,
	}, nil
}

const (
	sentBytes = 64 << 10
	// One iteration: long against the receipt that ends a batch.
	streamBytes = 1 << 20
)

// sink reads a length and as many bytes, and gives a receipt of one byte; again and again.
func sink(conn net.Conn) {
	buffer := make([]byte, sentBytes)
	for {
		if _, err := io.ReadFull(conn, buffer[:8]); err != nil {
			return
		}
		for left := int(binary.LittleEndian.Uint64(buffer)); left > 0; {
			got, err := conn.Read(buffer[:min(left, len(buffer))])
			if err != nil {
				return
			}
			left -= got
		}
		if _, err := conn.Write(buffer[:1]); err != nil {
			return
		}
	}
}

// stream sends in one direction. A batch ends when the far end has received all of it.
func stream(address string) (bench.Op, error) {
	conn, err := net.DialTimeout("tcp4", address, connectTimeout)
	if err != nil {
		return bench.Op{}, err
	}
	buffer := make([]byte, sentBytes)
	header := make([]byte, 8)
	return bench.Op{
		Run: func(n int) {
			binary.LittleEndian.PutUint64(header, uint64(n*streamBytes))
			_, err := conn.Write(header)
			bench.Must("send", err)
			for range n * streamBytes / sentBytes {
				_, err := conn.Write(buffer)
				bench.Must("send", err)
			}
			_, err = io.ReadFull(conn, header[:1])
			bench.Must("receive receipt", err)
		},
		Close: func() { conn.Close() },
		Unit:  bench.BytesPerSecond, Amount: streamBytes, NoSingles: true, Unlocked: true,
	}, nil
}
