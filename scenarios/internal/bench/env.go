package bench

import (
	"errors"
	"fmt"
	"os"
)

// Dir is the folder that an environment variable of the protocol names; a Skip where it is unset.
func Dir(variable string) (string, error) {
	if dir := os.Getenv(variable); dir != "" {
		return dir, nil
	}
	return "", Skip("no such folder here: " + variable + " is unset")
}

// TempDir makes a folder of its own below such a folder. The caller removes it.
func TempDir(variable string) (string, error) {
	dir, err := Dir(variable)
	if err != nil {
		return "", err
	}
	made, err := os.MkdirTemp(dir, "sbx-")
	var pathError *os.PathError
	if errors.As(err, &pathError) {
		// Without the folder's random name, so that equal reasons read equal.
		return "", fmt.Errorf("mkdir in %s: %w", dir, pathError.Err)
	}
	return made, err
}

// EnterTempDir makes such a folder the current one. leave removes it.
func EnterTempDir(variable string) (leave func(), err error) {
	dir, err := TempDir(variable)
	if err != nil {
		return nil, err
	}
	if err := os.Chdir(dir); err != nil {
		return nil, err
	}
	return func() {
		os.Chdir("/")
		os.RemoveAll(dir)
	}, nil
}
