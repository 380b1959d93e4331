// Package config reads what sbx-launch is to build.
package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"strings"
)

// Config describes one sandbox. The harness writes it once per cell as JSON.
type Config struct {
	// Rootfs becomes "/"; nil keeps the caller's root.
	Rootfs       *string `json:"rootfs"`
	ReadonlyRoot bool    `json:"readonlyRoot"`
	Hostname     string  `json:"hostname"`
	// Netns is the path of a network namespace to join; nil stays in the present one.
	Netns      *string  `json:"netns"`
	LoopbackUp bool     `json:"loopbackUp"`
	Mounts     []Mount  `json:"mounts"`
	Rlimits    []Rlimit `json:"rlimits"`
	// Capabilities are the ones kept, in every set; all others are dropped.
	Capabilities    []string `json:"capabilities"`
	NoNewPrivileges bool     `json:"noNewPrivileges"`
	Seccomp         *Seccomp `json:"-"`
	// SeccompOptimize is "plain" (a linear list) or "binary-tree".
	SeccompOptimize string `json:"seccompOptimize"`
	// Env is the whole environment of the program, NAME=value; nil passes on the launcher's own.
	Env []string `json:"env"`
	Cwd string   `json:"cwd"`
	UID *int     `json:"uid"`
	GID *int     `json:"gid"`
}

// Mount is a tmpfs or a bind mount on an existing folder or file of the rootfs.
type Mount struct {
	Type        string `json:"type"`
	Source      string `json:"source"`
	Destination string `json:"destination"`
	Readonly    bool   `json:"readonly"`
	SizeBytes   *int64 `json:"sizeBytes"`
}

// Rlimit is one resource limit, by its OCI name (RLIMIT_NOFILE ...).
type Rlimit struct {
	Type string `json:"type"`
	Soft uint64 `json:"soft"`
	Hard uint64 `json:"hard"`
}

// Seccomp is the linux.seccomp object of the OCI runtime specification.
// https://github.com/opencontainers/runtime-spec/blob/main/config-linux.md#seccomp
type Seccomp struct {
	DefaultAction   string           `json:"defaultAction"`
	DefaultErrnoRet *uint            `json:"defaultErrnoRet"`
	Architectures   []string         `json:"architectures"`
	Flags           []string         `json:"flags"`
	Syscalls        []SeccompSyscall `json:"syscalls"`
}

// SeccompSyscall gives some system calls an action.
type SeccompSyscall struct {
	Names    []string     `json:"names"`
	Action   string       `json:"action"`
	ErrnoRet *uint        `json:"errnoRet"`
	Args     []SeccompArg `json:"args"`
}

// SeccompArg compares one argument of a system call.
type SeccompArg struct {
	Index    uint   `json:"index"`
	Value    uint64 `json:"value"`
	ValueTwo uint64 `json:"valueTwo"`
	Op       string `json:"op"`
}

// Load reads and checks the file.
func Load(file string) (*Config, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return Parse(data)
}

// Parse is strict where a slip of the pen would open the sandbox (an unknown
// key is an error), and lenient inside "seccomp", where the OCI specification
// allows keys that we do not know.
func Parse(data []byte) (*Config, error) {
	var raw struct {
		Config
		Seccomp json.RawMessage `json:"seccomp"`
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&raw); err != nil {
		return nil, err
	}
	if len(raw.Seccomp) > 0 && string(raw.Seccomp) != "null" {
		raw.Config.Seccomp = new(Seccomp)
		if err := json.Unmarshal(raw.Seccomp, raw.Config.Seccomp); err != nil {
			return nil, fmt.Errorf("seccomp: %w", err)
		}
	}
	return &raw.Config, raw.Config.check()
}

func (c *Config) check() error {
	if c.Rootfs != nil && !path.IsAbs(*c.Rootfs) {
		return fmt.Errorf("rootfs: %q is not an absolute path", *c.Rootfs)
	}
	if c.Rootfs == nil && c.ReadonlyRoot {
		return errors.New("readonlyRoot: needs a rootfs")
	}
	for i, m := range c.Mounts {
		if err := m.check(); err != nil {
			return fmt.Errorf("mounts[%d]: %w", i, err)
		}
	}
	if c.Cwd == "" {
		c.Cwd = "/"
	}
	switch c.SeccompOptimize {
	case "":
		c.SeccompOptimize = "plain"
	case "plain", "binary-tree":
	default:
		return fmt.Errorf("seccompOptimize: %q is neither plain nor binary-tree", c.SeccompOptimize)
	}
	return nil
}

func (m Mount) check() error {
	switch m.Type {
	case "tmpfs":
	case "bind":
		if !path.IsAbs(m.Source) {
			return fmt.Errorf("source: %q is not an absolute path", m.Source)
		}
		if m.SizeBytes != nil {
			return errors.New("sizeBytes: only tmpfs has a size")
		}
	default:
		return fmt.Errorf("type: %q is neither tmpfs nor bind", m.Type)
	}
	clean := path.Clean(m.Destination)
	if !path.IsAbs(clean) || clean == "/" || strings.Contains(m.Destination, "..") {
		return fmt.Errorf("destination: %q is not an absolute path below /", m.Destination)
	}
	return nil
}
