package main

import "strings"

// packageOf leaves out the name that yaegi's keys end with: "os/os" is "os", "math/rand/rand" is "math/rand".
func packageOf(key string) string {
	return key[:max(0, strings.LastIndex(key, "/"))]
}

// Packages that compute. Left out: os/exec, net and all below it but net/url, syscall, unsafe, reflect, plugin, runtime,
// debug, testing, go, database, embed, and those that open files by name (archive/zip, log/syslog, crypto/tls, crypto/x509).
var allowedPackages = set(
	"bufio", "bytes", "cmp", "compress/bzip2", "compress/flate", "compress/gzip", "compress/lzw", "compress/zlib",
	"container/heap", "container/list", "container/ring", "context", "crypto", "crypto/hmac", "crypto/md5", "crypto/rand",
	"crypto/sha1", "crypto/sha256", "crypto/sha512", "crypto/subtle", "encoding", "encoding/ascii85", "encoding/base32",
	"encoding/base64", "encoding/binary", "encoding/csv", "encoding/hex", "encoding/json", "encoding/pem", "encoding/xml",
	"errors", "fmt", "hash", "hash/adler32", "hash/crc32", "hash/crc64", "hash/fnv", "hash/maphash", "html", "html/template",
	"index/suffixarray", "io", "io/fs", "io/ioutil", "log", "maps", "math", "math/big", "math/bits", "math/cmplx", "math/rand",
	"math/rand/v2", "net/url", "os", "path", "path/filepath", "regexp", "regexp/syntax", "slices", "sort", "strconv", "strings",
	"sync", "sync/atomic", "text/scanner", "text/tabwriter", "text/template", "text/template/parse", "time", "unicode",
	"unicode/utf16", "unicode/utf8",
)

// What of os neither opens nor changes anything. Open, ReadFile, ReadDir, Stat and Exit are put in anew.
var allowedOS = set(
	"Args", "Environ", "Getenv", "LookupEnv", "Expand", "ExpandEnv", "Getpid", "Hostname", "Stdin", "Stdout", "Stderr",
	"ErrClosed", "ErrDeadlineExceeded", "ErrExist", "ErrInvalid", "ErrNoDeadline", "ErrNotExist", "ErrPermission",
	"IsExist", "IsNotExist", "IsPermission", "IsTimeout", "IsPathSeparator", "PathSeparator", "PathListSeparator", "DevNull",
	"DirEntry", "File", "FileInfo", "FileMode", "PathError", "SyscallError", "LinkError", "Signal",
	"ModeDir", "ModePerm", "ModeSymlink", "ModeType", "_DirEntry", "_FileInfo", "_Signal",
)

// Functions of allowed packages that open files by name.
var deniedSymbols = set(
	"html/template/template.ParseFiles", "html/template/template.ParseGlob",
	"io/ioutil/ioutil.ReadDir", "io/ioutil/ioutil.TempDir", "io/ioutil/ioutil.TempFile", "io/ioutil/ioutil.WriteFile",
	"path/filepath/filepath.EvalSymlinks", "path/filepath/filepath.Glob", "path/filepath/filepath.Walk",
	"path/filepath/filepath.WalkDir", "text/template/template.ParseFiles", "text/template/template.ParseGlob",
)

func set(names ...string) map[string]bool {
	found := make(map[string]bool, len(names))
	for _, name := range names {
		found[name] = true
	}
	return found
}
