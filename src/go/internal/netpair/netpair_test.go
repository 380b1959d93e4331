package netpair

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"
)

const (
	sandboxCIDR = "198.18.0.2/24"
	peerCIDR    = "198.18.0.1/24"
)

// onOwnThread runs on a thread that is thrown away, as its network namespace
// changes.
func onOwnThread(t *testing.T, do func() error) error {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("needs root: network namespaces")
	}
	result := make(chan error)
	go func() {
		runtime.LockOSThread()
		result <- do()
	}()
	return <-result
}

func pairIn(dir string) Pair {
	return Pair{
		Prefix: "tst", SandboxCIDR: sandboxCIDR, PeerCIDR: peerCIDR,
		SandboxFile: filepath.Join(dir, "sandbox"), PeerFile: filepath.Join(dir, "peer"),
	}
}

func addressesIn(t *testing.T, file string) string {
	t.Helper()
	var text strings.Builder
	err := onOwnThread(t, func() error {
		namespace, err := os.Open(file)
		if err != nil {
			return err
		}
		defer namespace.Close()
		return inNamespace(namespace, func() error {
			addresses, err := netlink.AddrList(nil, unix.AF_INET)
			for _, address := range addresses {
				text.WriteString(address.IPNet.String() + " " + address.Label + "\n")
			}
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return text.String()
}

func newPair(t *testing.T) Pair {
	t.Helper()
	pair := pairIn(t.TempDir())
	t.Cleanup(func() { _ = Delete(pair.SandboxFile, pair.PeerFile) })
	if err := onOwnThread(t, func() error { return Create(pair) }); err != nil {
		t.Fatal(err)
	}
	return pair
}

func TestCreateGivesBothEndsTheirAddressAndLoopback(t *testing.T) {
	pair := newPair(t)
	if got := addressesIn(t, pair.SandboxFile); got != "127.0.0.1/8 lo\n198.18.0.2/24 tst0\n" {
		t.Errorf("sandbox: %q", got)
	}
	if got := addressesIn(t, pair.PeerFile); got != "127.0.0.1/8 lo\n198.18.0.1/24 tst1\n" {
		t.Errorf("peer: %q", got)
	}
}

func TestCreateLeavesTheHostsInterfacesAlone(t *testing.T) {
	newPair(t)
	if _, err := netlink.LinkByName("tst1"); err == nil {
		t.Error("the veth pair shows in the host's network namespace")
	}
}

func TestRestorePutsTheAddressBackAndMayBeRepeated(t *testing.T) {
	pair := newPair(t)
	err := onOwnThread(t, func() error {
		namespace, err := os.Open(pair.SandboxFile)
		if err != nil {
			return err
		}
		defer namespace.Close()
		return inNamespace(namespace, func() error {
			link, err := netlink.LinkByName("tst0")
			if err != nil {
				return err
			}
			address, err := netlink.ParseAddr(sandboxCIDR)
			if err != nil {
				return err
			}
			return netlink.AddrDel(link, address)
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := onOwnThread(t, func() error { return Restore(pair.SandboxFile, sandboxCIDR) }); err != nil {
			t.Fatal(err)
		}
	}
	if got := addressesIn(t, pair.SandboxFile); !strings.Contains(got, sandboxCIDR+" tst0") {
		t.Errorf("after restore: %q", got)
	}
}

func TestDeleteLeavesNothingAndMayBeRepeated(t *testing.T) {
	pair := newPair(t)
	for range 2 {
		if err := Delete(pair.SandboxFile, pair.PeerFile); err != nil {
			t.Fatal(err)
		}
	}
	expectNothing(t, pair)
}

func TestFailedCreateLeavesNothing(t *testing.T) {
	pair := pairIn(t.TempDir())
	pair.PeerCIDR = "nonsense"
	if err := onOwnThread(t, func() error { return Create(pair) }); err == nil {
		t.Error("want an error")
	}
	expectNothing(t, pair)
}

func TestCreateRefusesALongPrefix(t *testing.T) {
	pair := pairIn(t.TempDir())
	pair.Prefix = "fifteen-letters"
	if err := Create(pair); err == nil {
		t.Error("want an error")
	}
}

func expectNothing(t *testing.T, pair Pair) {
	t.Helper()
	mounts, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{pair.SandboxFile, pair.PeerFile} {
		if _, err := os.Lstat(file); err == nil {
			t.Errorf("%s is still there", file)
		}
		if bytes.Contains(mounts, []byte(file)) {
			t.Errorf("%s is still mounted", file)
		}
	}
}
