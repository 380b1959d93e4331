// Package netpair makes two network namespaces joined by a veth pair, held by
// bind mounts on files. Everything is created inside the two namespaces, so a
// crash half-way leaves nothing in the host's.
package netpair

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"
)

// Pair says what to make. The interfaces are called Prefix0 (sandbox) and
// Prefix1 (peer).
type Pair struct {
	Prefix      string
	SandboxCIDR string
	PeerCIDR    string
	SandboxFile string
	PeerFile    string
}

// Create leaves the calling thread in the peer's namespace: the caller locks
// it and ends soon. What was made is removed again when a later step fails.
func Create(pair Pair) error {
	if len(pair.Prefix) == 0 || len(pair.Prefix) > unix.IFNAMSIZ-2 {
		return fmt.Errorf("prefix %q: needs 1 to %d characters", pair.Prefix, unix.IFNAMSIZ-2)
	}
	var made []string
	err := create(pair, &made)
	if err != nil {
		return errors.Join(err, Delete(made...))
	}
	return nil
}

func create(pair Pair, made *[]string) error {
	for _, file := range []string{pair.SandboxFile, pair.PeerFile} {
		if err := newNamespace(file, made); err != nil {
			return err
		}
		if err := linkUp("lo"); err != nil {
			return err
		}
	}
	sandbox, err := os.Open(pair.SandboxFile)
	if err != nil {
		return err
	}
	defer sandbox.Close()
	sandboxEnd, peerEnd := pair.Prefix+"0", pair.Prefix+"1"
	attributes := netlink.NewLinkAttrs()
	attributes.Name = peerEnd
	veth := &netlink.Veth{LinkAttrs: attributes, PeerName: sandboxEnd, PeerNamespace: netlink.NsFd(sandbox.Fd())}
	if err := netlink.LinkAdd(veth); err != nil {
		return fmt.Errorf("add veth pair: %w", err)
	}
	if err := setUp(peerEnd, pair.PeerCIDR); err != nil {
		return err
	}
	return inNamespace(sandbox, func() error { return setUp(sandboxEnd, pair.SandboxCIDR) })
}

// Restore gives the one interface of the namespace (beside lo) its address
// back and sets it up, as `runsc --network=sandbox` takes the address away.
func Restore(file, cidr string) error {
	namespace, err := os.Open(file)
	if err != nil {
		return err
	}
	defer namespace.Close()
	return inNamespace(namespace, func() error {
		links, err := netlink.LinkList()
		if err != nil {
			return fmt.Errorf("list interfaces: %w", err)
		}
		for _, link := range links {
			if link.Type() == "veth" {
				return setUpLink(link, cidr)
			}
		}
		return fmt.Errorf("%s: there is no veth interface in this namespace", file)
	})
}

// Delete lets go of the namespaces, whereupon the kernel removes them with
// their interfaces. What is gone already is no error.
func Delete(files ...string) error {
	var failures []error
	for _, file := range files {
		unmounted := unix.Unmount(file, unix.MNT_DETACH|unix.UMOUNT_NOFOLLOW)
		// A file that still is a mount point cannot be removed; otherwise it
		// does not matter what unmount said.
		if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
			failures = append(failures, fmt.Errorf("%w (unmount: %v)", err, unmounted))
		}
	}
	return errors.Join(failures...)
}

// newNamespace moves the calling thread into a fresh network namespace and
// binds it to a new file.
func newNamespace(file string, made *[]string) error {
	created, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_RDONLY, 0o444)
	if err != nil {
		return err
	}
	created.Close()
	*made = append(*made, file)
	if err := unix.Unshare(unix.CLONE_NEWNET); err != nil {
		return fmt.Errorf("new network namespace: %w", err)
	}
	if err := unix.Mount("/proc/thread-self/ns/net", file, "", unix.MS_BIND, ""); err != nil {
		return fmt.Errorf("bind the network namespace to %s: %w", file, err)
	}
	// Duplicate address detection and router solicitations would be traffic on
	// a wire that is measured; it works with them, too, should this not be allowed.
	_ = os.WriteFile("/proc/sys/net/ipv6/conf/default/disable_ipv6", []byte("1"), 0)
	return nil
}

func inNamespace(namespace *os.File, do func() error) error {
	if err := unix.Setns(int(namespace.Fd()), unix.CLONE_NEWNET); err != nil {
		return fmt.Errorf("enter %s: %w", namespace.Name(), err)
	}
	return do()
}

func linkUp(name string) error {
	link, err := netlink.LinkByName(name)
	if err != nil {
		return fmt.Errorf("interface %s: %w", name, err)
	}
	if err := netlink.LinkSetUp(link); err != nil {
		return fmt.Errorf("set %s up: %w", name, err)
	}
	return nil
}

func setUp(name, cidr string) error {
	link, err := netlink.LinkByName(name)
	if err != nil {
		return fmt.Errorf("interface %s: %w", name, err)
	}
	return setUpLink(link, cidr)
}

func setUpLink(link netlink.Link, cidr string) error {
	name := link.Attrs().Name
	address, err := netlink.ParseAddr(cidr)
	if err != nil {
		return fmt.Errorf("address %q: %w", cidr, err)
	}
	if err := netlink.AddrReplace(link, address); err != nil {
		return fmt.Errorf("address %s on %s: %w", cidr, name, err)
	}
	if err := netlink.LinkSetUp(link); err != nil {
		return fmt.Errorf("set %s up: %w", name, err)
	}
	return nil
}
