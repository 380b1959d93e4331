package probes

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// all is every probe by the name that src/isolation/catalogue has for it.
var all = map[string]Probe{
	"read-host-file":      {Control: readSelf, Try: readHostFile},
	"write-host-file":     {Control: writeOwn, Try: writeHostFile},
	"open-core-pattern":   {Control: readSelf, Try: openForWriting("/proc/sys/kernel/core_pattern")},
	"open-sysrq":          {Control: readSelf, Try: openForWriting("/proc/sysrq-trigger")},
	"open-kernel-memory":  {Control: readSelf, Try: openKernelMemory},
	"read-kernel-symbols": {Control: readSelf, Try: readKernelSymbols},
	"read-kernel-log":     {Control: readSelf, Try: readKernelLog},
	"make-disk-node":      {Control: writeOwn, Try: makeDiskNode},
	"make-suid-file":      {Control: writeOwn, Try: makeSuidFile},
	"open-by-handle":      {Control: readSelf, Try: openByHandle},
	"host-socket":         {Control: talkToSelf, Try: hostSocket},
	"host-fifo":           {Control: talkToSelf, Try: hostFifo},

	"mount":                {Control: writeOwn, Try: mountTmpfs},
	"user-namespace":       {Control: readSelf, Try: userNamespace},
	"join-host-namespace":  {Control: readSelf, Try: joinHostNamespace},
	"signal-host-process":  {Control: signalSelf, Try: signalHostProcess},
	"read-host-process":    {Control: readSelf, Try: readHostProcess},
	"trace-host-process":   {Control: readSelf, Try: traceHostProcess},
	"host-abstract-socket": {Control: talkToSelf, Try: hostAbstractSocket},
	"host-shared-memory":   {Control: readSelf, Try: hostSharedMemory},
	"host-keyring":         {Control: readSelf, Try: hostKeyring},

	"bpf":         {Control: readSelf, Try: bpfMap},
	"perf-event":  {Control: readSelf, Try: perfEvent},
	"io-uring":    {Control: readSelf, Try: ioUring},
	"userfaultfd": {Control: readSelf, Try: userfault},

	"host-loopback": {Control: talkToSelf, Try: hostLoopback},
	"packet-socket": {Control: talkToSelf, Try: packetSocket},

	"fork-storm": {Control: readSelf, Try: forkStorm},
	"memory":     {Control: readSelf, Try: takeMemory},
	"open-files": {Control: readSelf, Try: openFiles},
	"orphan":     {Control: readSelf, Try: leaveOrphan},
}

// readSelf shows that files can be read at all.
func readSelf() error {
	file, err := os.Open("/proc/self/exe")
	if err != nil {
		return err
	}
	defer file.Close()
	var magic [4]byte
	if _, err := file.Read(magic[:]); err != nil {
		return err
	}
	if string(magic[1:]) != "ELF" {
		return errors.New("the own program cannot be read")
	}
	return nil
}

// writeOwn shows that files can be written where the sandbox allows it.
func writeOwn() error {
	name := os.Getenv("SBX_DIR_BIND") + "/control"
	defer os.Remove(name)
	return os.WriteFile(name, []byte("control"), 0o600)
}

// talkToSelf shows that sockets can be used at all.
func talkToSelf() error {
	pair, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer unix.Close(pair[0])
	defer unix.Close(pair[1])
	if _, err := unix.Write(pair[0], []byte("x")); err != nil {
		return err
	}
	var got [1]byte
	_, err = unix.Read(pair[1], got[:])
	return err
}

// signalSelf shows that processes can be signalled at all.
func signalSelf() error {
	return unix.Kill(os.Getpid(), 0)
}
