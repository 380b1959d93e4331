package main

import (
	"strings"
	"time"
)

// burnTime is the parameter `burnNs`, 0 where it is not given: a slowdown of known size, so that the gate can be tried
// on it (npm run bench:gate). It is read without package encoding/json, whose initialisation would be part of start-up.
func burnTime(params string) time.Duration {
	_, value, _ := strings.Cut(params, `"burnNs":`)
	var ns time.Duration
	for _, digit := range []byte(value) {
		if digit < '0' || digit > '9' {
			break
		}
		ns = ns*10 + time.Duration(digit-'0')
	}
	return ns
}
