package scan

// First parts of the standard library's import paths (Go 1.26, `go list std`). A module of the user's may be called
// `script`, without a dot; one called like these could not import the library's.
var standard = func() map[string]bool {
	found := map[string]bool{}
	for _, name := range []string{
		"archive", "bufio", "bytes", "cmp", "compress", "container", "context", "crypto", "database", "debug", "embed",
		"encoding", "errors", "expvar", "flag", "fmt", "go", "hash", "html", "image", "index", "internal", "io", "iter", "log",
		"maps", "math", "mime", "net", "os", "path", "plugin", "reflect", "regexp", "runtime", "slices", "sort", "strconv",
		"strings", "structs", "sync", "syscall", "testing", "text", "time", "unicode", "unique", "unsafe", "vendor", "weak",
	} {
		found[name] = true
	}
	return found
}()
