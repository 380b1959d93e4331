// Package probes holds what a hostile program in a sandbox would try, in a
// form that harms nothing where it succeeds: what could is opened for writing
// at most, and never written to.
package probes

import (
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
)

// RequestEnv is the variable with the request, as JSON.
const RequestEnv = "SBX_PROBES"

// tokenLength is that of 32 random bytes in hexadecimal.
const tokenLength = 64

// Request is what the harness asks for, once a launch.
type Request struct {
	// Token is random, and the first argument, too.
	Token string `json:"token"`
	// HostMounts is the harness's /proc/self/ns/mnt.
	HostMounts string `json:"hostMounts"`
	// Nonce is what a probe leaves at a canary; it is in every launch another one.
	Nonce  string   `json:"nonce"`
	Probes []string `json:"probes"`
	// LimitMs is how long one probe may take.
	LimitMs int     `json:"limitMs"`
	Targets Targets `json:"targets"`
}

// Targets says where the canaries are. What they hold is not in it.
type Targets struct {
	Dir          string `json:"dir"`
	LoopbackPort int    `json:"loopbackPort"`
	Abstract     string `json:"abstract"`
	SentinelPid  int    `json:"sentinelPid"`
	ShmKey       int    `json:"shmKey"`
	KeyName      string `json:"keyName"`
	// Handle is that of the file `secret` in Dir, in base64, for open_by_handle_at(2).
	Handle     string `json:"handle"`
	HandleType int32  `json:"handleType"`
	// Disk is the block device below Dir; 0:0 where it has none.
	DiskMajor uint32 `json:"diskMajor"`
	DiskMinor uint32 `json:"diskMinor"`
	// Processes, Bytes and Files are how many the resource probes go for.
	Processes int `json:"processes"`
	Bytes     int `json:"bytes"`
	Files     int `json:"files"`
}

// Authorised reads the request of a caller that knows the token.
func Authorised(args []string, text string) (*Request, error) {
	if text == "" || len(args) == 0 {
		return nil, errors.New("it is started by `sbx-bench probes`, which gives it a token")
	}
	var request Request
	if err := json.Unmarshal([]byte(text), &request); err != nil {
		return nil, fmt.Errorf("%s: %w", RequestEnv, err)
	}
	if len(request.Token) != tokenLength || subtle.ConstantTimeCompare([]byte(request.Token), []byte(args[0])) != 1 {
		return nil, errors.New("the token is not the harness's")
	}
	return &request, nil
}

// RequirePrivateMounts fails where a mount of the caller could be seen outside.
func RequirePrivateMounts(request *Request) error {
	own, err := os.Readlink("/proc/self/ns/mnt")
	if err != nil {
		return fmt.Errorf("the mount namespace cannot be told: %w", err)
	}
	if request.HostMounts == "" || own == request.HostMounts {
		return errors.New("this is the host's mount namespace")
	}
	mounts, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return fmt.Errorf("the mounts cannot be told: %w", err)
	}
	for line := range strings.Lines(string(mounts)) {
		// Optional fields stand before the dash: proc_pid_mountinfo(5).
		before, _, _ := strings.Cut(line, " - ")
		if strings.Contains(before, " shared:") {
			return errors.New("mounts here are shared with another mount namespace")
		}
	}
	return nil
}
