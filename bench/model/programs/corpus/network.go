package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
)

// served calls client with the address of a server on loopback, and ends the server.
func served(handler http.Handler, client func(base string) error) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{Handler: handler}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(listener)
	}()
	err = client("http://" + listener.Addr().String())
	server.Close()
	<-done
	return err
}

// parallel runs a body in as many goroutines, and returns the first error.
func parallel(workers int, body func(worker int) error) error {
	errs := make([]error, workers)
	var all sync.WaitGroup
	for worker := range workers {
		all.Go(func() { errs[worker] = body(worker) })
	}
	all.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

type order struct {
	ID    int               `json:"id"`
	Items []string          `json:"items"`
	Total float64           `json:"total"`
	Notes map[string]string `json:"notes"`
}

const clients = 4

// jsonService N: a service that keeps orders, and four clients that send N of them and read each back.
func jsonService(args []string) error {
	requests, err := count(args, 0)
	if err != nil {
		return err
	}
	var orders sync.Map
	mux := http.NewServeMux()
	mux.HandleFunc("POST /orders", func(w http.ResponseWriter, r *http.Request) {
		var received order
		if err := json.NewDecoder(r.Body).Decode(&received); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		orders.Store(fmt.Sprint(received.ID), received)
		w.WriteHeader(http.StatusCreated)
	})
	mux.HandleFunc("GET /orders/{id}", func(w http.ResponseWriter, r *http.Request) {
		found, there := orders.Load(r.PathValue("id"))
		if !there {
			http.NotFound(w, r)
			return
		}
		_ = json.NewEncoder(w).Encode(found)
	})
	err = served(mux, func(base string) error {
		return parallel(clients, func(worker int) error {
			client := &http.Client{Transport: &http.Transport{}}
			defer client.CloseIdleConnections()
			for id := worker; id < requests; id += clients {
				if err := sendAndRead(client, base, id); err != nil {
					return err
				}
			}
			return nil
		})
	})
	fmt.Println(requests, "orders")
	return err
}

func sendAndRead(client *http.Client, base string, id int) error {
	sent := order{ID: id, Items: words[:8], Total: float64(id) * 1.5, Notes: map[string]string{"colour": "blue"}}
	body, err := json.Marshal(sent)
	if err != nil {
		return err
	}
	if _, err := answer(client.Post(base+"/orders", "application/json", bytes.NewReader(body))); err != nil {
		return err
	}
	text, err := answer(client.Get(fmt.Sprintf("%s/orders/%d", base, id)))
	if err != nil {
		return err
	}
	var back order
	if err := json.Unmarshal(text, &back); err != nil || back.ID != id {
		return fmt.Errorf("order %d came back as %q: %v", id, text, err)
	}
	return nil
}

func answer(response *http.Response, err error) ([]byte, error) {
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode >= 300 {
		return nil, fmt.Errorf("%s", response.Status)
	}
	return io.ReadAll(response.Body)
}

// httpFiles DIR N: a file server and a client that fetches its files, N requests one after another.
func httpFiles(args []string) error {
	requests, err := count(args, 1)
	if err != nil {
		return err
	}
	names, err := filepath.Glob(filepath.Join(args[0], "*"))
	if err != nil || len(names) == 0 {
		return fmt.Errorf("%s has no files: %v", args[0], err)
	}
	// With a type set, the server does not look one up in the host's tables, which a sandbox does not have.
	files := http.FileServerFS(os.DirFS(args[0]))
	typed := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/octet-stream")
		files.ServeHTTP(w, r)
	})
	total := 0
	err = served(typed, func(base string) error {
		client := &http.Client{Transport: &http.Transport{}}
		defer client.CloseIdleConnections()
		for request := range requests {
			body, err := answer(client.Get(base + "/" + filepath.Base(names[request%len(names)])))
			if err != nil {
				return err
			}
			total += len(body)
		}
		return nil
	})
	fmt.Println(total, "bytes")
	return err
}
