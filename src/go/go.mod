module sbxbench/launcher

go 1.26.0

require (
	github.com/HdrHistogram/hdrhistogram-go v1.4.0
	github.com/seccomp/libseccomp-golang v0.11.1
	github.com/traefik/yaegi v0.16.1
	github.com/vishvananda/netlink v1.3.1
	golang.org/x/sys v0.49.0
)

require (
	golang.org/x/mod v0.42.0 // indirect
	golang.org/x/sync v0.24.0 // indirect
	golang.org/x/tools v0.52.0
)

require (
	github.com/vishvananda/netns v0.0.5 // indirect
	golang.org/x/arch v0.33.0
)
