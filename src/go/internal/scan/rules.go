package scan

import "strings"

// importRule says which rule an import breaks; empty where none.
func importRule(path string) string {
	switch {
	case path == "C":
		return "cgo"
	case path == "unsafe":
		return "unsafe"
	case path == "plugin":
		return "plugin"
	case path == "os/exec":
		return "exec"
	case path == "syscall", path == "golang.org/x/sys", strings.HasPrefix(path, "golang.org/x/sys/"):
		return "syscall"
	case path == "reflect":
		return "reflect"
	case path == "net/url", path == "net/netip", path == "net/mail", path == "net/textproto":
		return ""
	case path == "net", strings.HasPrefix(path, "net/"), path == "crypto/tls", path == "log/syslog", path == "expvar":
		return "network"
	case path == "os/signal", path == "runtime/debug", path == "runtime/pprof", path == "runtime/trace", path == "debug/buildinfo":
		return "runtime"
	}
	return ""
}

// Functions and variables, by package path and name; methods as `os.Process.Kill`.
var symbolRules = map[string]map[string]string{
	"os": {
		"StartProcess": "exec", "FindProcess": "signal", "Process.Kill": "signal", "Process.Signal": "signal",
		"Remove": "delete", "RemoveAll": "delete", "Truncate": "delete", "Root.Remove": "delete", "Root.RemoveAll": "delete",
		"Create": "write", "CreateTemp": "write", "WriteFile": "write", "OpenFile": "write", "Rename": "write", "Mkdir": "write",
		"MkdirAll": "write", "MkdirTemp": "write", "Link": "write", "Symlink": "write", "Chmod": "write", "Chown": "write",
		"Lchown": "write", "Chtimes": "write", "CopyFS": "write", "File.Chmod": "write", "File.Chown": "write",
		"File.Truncate": "delete", "OpenRoot": "write",
		"Open": "read", "ReadFile": "read", "ReadDir": "read", "DirFS": "read", "Readlink": "read",
		"NewFile": "descriptor", "Chdir": "environment", "Chroot": "environment", "Setenv": "environment",
		"Unsetenv": "environment", "Clearenv": "environment",
	},
	"io/ioutil": {
		"WriteFile": "write", "TempFile": "write", "TempDir": "write", "ReadFile": "read", "ReadDir": "read",
	},
	"path/filepath": {"Walk": "read", "WalkDir": "read", "Glob": "read", "EvalSymlinks": "read"},
	"text/template": {"ParseFiles": "read", "ParseGlob": "read", "Template.ParseFiles": "read", "Template.ParseGlob": "read"},
	"html/template": {"ParseFiles": "read", "ParseGlob": "read", "Template.ParseFiles": "read", "Template.ParseGlob": "read"},
	"archive/zip":   {"OpenReader": "read"},
	"go/parser":     {"ParseFile": "read", "ParseDir": "read"},
	"embed":         {},
	"runtime":       {"LockOSThread": "runtime", "SetFinalizer": "runtime"},
	"reflect": {
		"Value.Call": "reflect-call", "Value.CallSlice": "reflect-call", "Value.MethodByName": "reflect-call",
		"Value.Method": "reflect-call", "Value.UnsafePointer": "unsafe", "Value.UnsafeAddr": "unsafe", "NewAt": "unsafe",
		"MakeFunc": "reflect-call",
	},
}

// symbolRule says which rule a name of a package breaks; whatever of a denied package is used breaks its import's rule.
func symbolRule(path, name string) string {
	if rule := symbolRules[path][name]; rule != "" {
		return rule
	}
	if path == "reflect" || path == "C" {
		return ""
	}
	return importRule(path)
}

// Methods that hide behind a value whose type only the typed tier knows.
var reflectMethods = map[string]bool{"Call": true, "CallSlice": true, "MethodByName": true}
