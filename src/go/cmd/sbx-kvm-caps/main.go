// Command sbx-kvm-caps asks /dev/kvm what it offers and prints one line of
// JSON. It creates no VM and runs no virtual CPU: on some hosts running one
// hangs, although the device opens.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

const device = "/dev/kvm"

// capabilities is null wherever nobody could be asked.
type capabilities struct {
	// Device is "absent", "denied" (present, but it cannot be opened) or "ok".
	Device     string  `json:"device"`
	Error      *string `json:"error"`
	APIVersion *int    `json:"apiVersion"`
	// GBPages: without 1 GiB pages runsc's kvm platform hangs.
	GBPages  *bool `json:"gbpages"`
	XSave    *bool `json:"xsave"`
	FSGSBase *bool `json:"fsgsbase"`
	SVM      *bool `json:"svm"`
	VMX      *bool `json:"vmx"`
	// NestedState is KVM_CAP_NESTED_STATE: bytes of state, 0 where there is no nesting.
	NestedState *int `json:"nestedState"`
}

func main() {
	answer, err := json.Marshal(ask(device))
	if err != nil {
		fmt.Fprintf(os.Stderr, "sbx-kvm-caps: %v\n", err)
		os.Exit(1)
	}
	fmt.Println(string(answer))
}

func ask(path string) capabilities {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		result := capabilities{Device: "denied"}
		if errors.Is(err, fs.ErrNotExist) {
			result.Device = "absent"
		}
		return result.failed(err)
	}
	defer file.Close()
	result := capabilities{Device: "ok"}
	version, err := apiVersion(file.Fd())
	if err != nil {
		return result.failed(fmt.Errorf("KVM_GET_API_VERSION: %w", err))
	}
	result.APIVersion = &version
	if nested, err := checkExtension(file.Fd(), capNestedState); err == nil {
		result.NestedState = &nested
	}
	leaves, err := supportedCPUID(file.Fd())
	if err != nil {
		return result.failed(fmt.Errorf("KVM_GET_SUPPORTED_CPUID: %w", err))
	}
	// Bits: Intel SDM vol. 2 and AMD APM vol. 3, CPUID.
	result.GBPages = bit(leaves.find(0x80000001, 0).EDX, 26)
	result.XSave = bit(leaves.find(1, 0).ECX, 26)
	result.FSGSBase = bit(leaves.find(7, 0).EBX, 0)
	result.SVM = bit(leaves.find(0x80000001, 0).ECX, 2)
	result.VMX = bit(leaves.find(1, 0).ECX, 5)
	return result
}

func (c capabilities) failed(err error) capabilities {
	text := err.Error()
	c.Error = &text
	return c
}

func bit(register uint32, number uint) *bool {
	set := register>>number&1 == 1
	return &set
}
