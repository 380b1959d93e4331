package main

import (
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/traefik/yaegi/interp"
	"github.com/traefik/yaegi/stdlib"
)

// usual are the packages that reach neither files, network, processes nor memory by themselves. Not among them are
// text/template and html/template: the method ParseFiles of their type opens any file, and no allow-list of functions
// can take a method away.
var usual = []string{
	"bufio", "bytes", "cmp", "context", "errors", "flag", "fmt", "html", "io", "io/fs", "log", "log/slog", "maps", "math",
	"path", "regexp", "regexp/syntax", "slices", "sort", "strconv", "strings", "sync", "time", "unicode",
	"compress/bzip2", "compress/flate", "compress/gzip", "compress/lzw", "compress/zlib",
	"container/heap", "container/list", "container/ring",
	"crypto", "crypto/hmac", "crypto/md5", "crypto/rand", "crypto/sha1", "crypto/sha256", "crypto/sha512",
	"crypto/subtle", "encoding", "encoding/ascii85", "encoding/base32", "encoding/base64", "encoding/binary",
	"encoding/csv", "encoding/gob", "encoding/hex", "encoding/json", "encoding/pem", "encoding/xml",
	"hash", "hash/adler32", "hash/crc32", "hash/crc64", "hash/fnv", "hash/maphash", "index/suffixarray",
	"math/big", "math/bits", "math/cmplx", "math/rand", "math/rand/v2", "net/url", "sync/atomic", "text/scanner",
	"text/tabwriter", "unicode/utf16", "unicode/utf8",
}

// parts are the packages of which a script gets only what is named.
var parts = map[string][]string{
	"path/filepath": {
		"Base", "Clean", "Dir", "Ext", "FromSlash", "IsAbs", "IsLocal", "Join", "Match", "Rel", "Separator",
		"Split", "SplitList", "ToSlash", "VolumeName", "SkipDir", "SkipAll", "ErrBadPattern", "ListSeparator",
	},
	"runtime": {"GC", "GOARCH", "GOMAXPROCS", "GOOS", "Gosched", "MemStats", "NumCPU", "NumGoroutine", "ReadMemStats", "Version"},
	"os": {
		"Args", "DevNull", "Environ", "ErrClosed", "ErrExist", "ErrInvalid", "ErrNotExist", "ErrPermission", "Expand",
		"ExpandEnv", "FileInfo", "FileMode", "Getenv", "Getpid", "IsExist", "IsNotExist", "IsPermission", "LookupEnv",
		"DirEntry", "File", "ModeDir", "ModePerm", "PathError", "PathSeparator", "Stderr", "Stdin", "Stdout",
		"O_RDONLY",
	},
}

// Whatever is named here is not given by --allow-package either: the interpreter has no symbols for it.
var never = []string{"C", "unsafe", "syscall", "os/exec", "plugin"}

func allowed(files readable, packages []string) interp.Exports {
	symbols := interp.Exports{".": stdlib.Symbols["."]}
	for key, exported := range stdlib.Symbols {
		name := path.Dir(key)
		switch {
		case slices.Contains(packages, name) || slices.Contains(usual, name):
			symbols[key] = exported
		case parts[name] != nil:
			some := map[string]reflect.Value{}
			for symbol, value := range exported {
				if slices.Contains(parts[name], strings.TrimPrefix(symbol, "_")) {
					some[symbol] = value
				}
			}
			symbols[key] = some
		}
	}
	if !slices.Contains(packages, "os") {
		for name, function := range files.functions() {
			symbols["os/os"][name] = reflect.ValueOf(function)
		}
	}
	// The interpreter's own panics, so that an exit could be recovered from; a script here has its process to itself.
	symbols["os/os"]["Exit"] = reflect.ValueOf(os.Exit)
	return symbols
}

// refusedImport says which import is not allowed, before the interpreter says only that it does not find it.
func refusedImport(source []byte, packages []string) string {
	file, err := parser.ParseFile(token.NewFileSet(), "script.go", source, parser.ImportsOnly)
	if err != nil {
		return ""
	}
	for _, spec := range file.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil || slices.Contains(usual, name) || parts[name] != nil || slices.Contains(packages, name) && !slices.Contains(never, name) {
			continue
		}
		_, known := stdlib.Symbols[name+"/"+path.Base(strings.TrimSuffix(name, "/v2"))]
		switch {
		case slices.Contains(never, name):
			return fmt.Sprintf("it imports %s, which the interpreter never gets", name)
		case known:
			return fmt.Sprintf("it imports %s, which is not among the packages that an interpreted script gets", name)
		default:
			return fmt.Sprintf("it imports %s, for which the interpreter has no symbols: it knows the standard library of Go 1.22 and no modules", name)
		}
	}
	return ""
}
