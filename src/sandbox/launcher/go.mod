module sbxbench/launcher

go 1.26.0

require (
	github.com/seccomp/libseccomp-golang v0.11.1
	golang.org/x/sys v0.49.0
)
