package config

import (
	"strings"
	"testing"
)

func TestParseKeepsEveryField(t *testing.T) {
	cfg, err := Parse([]byte(`{"rootfs":"/r","readonlyRoot":true,"hostname":"box","netns":"/n","loopbackUp":true,
		"mounts":[{"type":"tmpfs","source":"tmpfs","destination":"/tmp","readonly":false,"sizeBytes":4096}],
		"rlimits":[{"type":"RLIMIT_NOFILE","soft":1,"hard":2}],"capabilities":["CAP_KILL"],"noNewPrivileges":true,
		"seccomp":{"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":38,"syscalls":[{"names":["read"],"action":"SCMP_ACT_ALLOW"}]},
		"seccompOptimize":"binary-tree","cwd":"/tmp","uid":1,"gid":2}`))
	if err != nil {
		t.Fatal(err)
	}
	if *cfg.Rootfs != "/r" || *cfg.Netns != "/n" || *cfg.UID != 1 || *cfg.GID != 2 {
		t.Errorf("pointers: %+v", cfg)
	}
	if *cfg.Mounts[0].SizeBytes != 4096 || cfg.Rlimits[0].Hard != 2 || cfg.SeccompOptimize != "binary-tree" {
		t.Errorf("values: %+v", cfg)
	}
	if *cfg.Seccomp.DefaultErrnoRet != 38 || cfg.Seccomp.Syscalls[0].Names[0] != "read" {
		t.Errorf("seccomp: %+v", cfg.Seccomp)
	}
}

func TestParseFillsDefaults(t *testing.T) {
	cfg, err := Parse([]byte(`{"rootfs":null,"seccomp":null}`))
	if err != nil {
		t.Fatal(err)
	}
	if cfg.Cwd != "/" || cfg.SeccompOptimize != "plain" || cfg.Seccomp != nil {
		t.Errorf("got %+v", cfg)
	}
}

func TestParseIgnoresWhatTheOCISpecificationLetsBeUnknown(t *testing.T) {
	_, err := Parse([]byte(`{"seccomp":{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["read"],"action":"SCMP_ACT_ERRNO","comment":"why"}]}}`))
	if err != nil {
		t.Error(err)
	}
}

func TestParseRefuses(t *testing.T) {
	cases := map[string]struct{ json, want string }{
		"a misspelt key":             {`{"readonlyRot":true}`, "readonlyRot"},
		"a relative rootfs":          {`{"rootfs":"r"}`, "rootfs"},
		"read-only without a rootfs": {`{"readonlyRoot":true}`, "readonlyRoot"},
		"an unknown mount type":      {`{"mounts":[{"type":"nfs","destination":"/x"}]}`, "mounts[0]: type"},
		"a relative bind source":     {`{"mounts":[{"type":"bind","source":"x","destination":"/x"}]}`, "source"},
		"a bind mount with a size":   {`{"mounts":[{"type":"bind","source":"/x","destination":"/x","sizeBytes":1}]}`, "sizeBytes"},
		"a way out of the rootfs":    {`{"mounts":[{"type":"tmpfs","destination":"/../x"}]}`, "destination"},
		"a mount over the root":      {`{"mounts":[{"type":"tmpfs","destination":"/"}]}`, "destination"},
		"an unknown optimisation":    {`{"seccompOptimize":"fast"}`, "seccompOptimize"},
		"a broken filter":            {`{"seccomp":{"syscalls":3}}`, "seccomp"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := Parse([]byte(c.json))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want an error about %s", err, c.want)
			}
		})
	}
}
