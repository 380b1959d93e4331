// Command fast-server answers every read with one HTTP response, and looks at nothing: as little work as a server can
// have, so that the load generator is what is measured. It takes one request a read, as the generator sends them.
package main

import (
	"fmt"
	"os"
	"sync"

	"golang.org/x/sys/unix"
)

var answer = []byte("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")

func main() {
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve() error {
	listener, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM, 0)
	if err != nil {
		return err
	}
	if err := unix.Bind(listener, &unix.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		return err
	}
	if err := unix.Listen(listener, 256); err != nil {
		return err
	}
	address, err := unix.Getsockname(listener)
	if err != nil {
		return err
	}
	fmt.Println(address.(*unix.SockaddrInet4).Port)
	poll, err := unix.EpollCreate1(0)
	if err != nil {
		return err
	}
	var accepting sync.WaitGroup
	accepting.Go(func() {
		for {
			fd, _, err := unix.Accept4(listener, unix.SOCK_NONBLOCK)
			if err != nil {
				return
			}
			_ = unix.EpollCtl(poll, unix.EPOLL_CTL_ADD, fd, &unix.EpollEvent{Events: unix.EPOLLIN, Fd: int32(fd)})
		}
	})
	events := make([]unix.EpollEvent, 256)
	buffer := make([]byte, 16<<10)
	for {
		count, err := unix.EpollWait(poll, events, -1)
		if err != nil && err != unix.EINTR {
			return err
		}
		for _, event := range events[:max(0, count)] {
			fd := int(event.Fd)
			if n, err := unix.Read(fd, buffer); n <= 0 && err != unix.EAGAIN {
				unix.Close(fd)
				continue
			}
			_, _ = unix.Write(fd, answer)
		}
	}
}
