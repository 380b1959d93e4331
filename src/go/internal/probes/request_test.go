package probes

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

var token = strings.Repeat("0123456789abcdef", 4)

func requestText(t *testing.T, request Request) string {
	t.Helper()
	text, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestNobodyWithoutTheTokenIsAuthorised(t *testing.T) {
	text := requestText(t, Request{Token: token})
	for name, args := range map[string][]string{
		"no argument":  {},
		"another one":  {strings.Repeat("f", tokenLength)},
		"a part of it": {token[:32]},
	} {
		if _, err := Authorised(args, text); err == nil {
			t.Errorf("%s: authorised", name)
		}
	}
	if _, err := Authorised([]string{""}, requestText(t, Request{})); err == nil {
		t.Error("an empty token: authorised")
	}
	if _, err := Authorised([]string{token}, ""); err == nil {
		t.Error("no request: authorised")
	}
	if _, err := Authorised([]string{token}, text); err != nil {
		t.Errorf("the harness: %v", err)
	}
}

func TestTheMountNamespaceOfTheHarnessIsRefused(t *testing.T) {
	own, err := os.Readlink("/proc/self/ns/mnt")
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range []string{own, ""} {
		if RequirePrivateMounts(&Request{HostMounts: host}) == nil {
			t.Errorf("host mounts %q: accepted", host)
		}
	}
}

func TestEveryProbeHasAControl(t *testing.T) {
	for name, probe := range all {
		if probe.Control == nil || probe.Try == nil {
			t.Errorf("%s: incomplete", name)
		}
	}
}
