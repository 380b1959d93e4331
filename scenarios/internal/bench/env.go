package bench

import "os"

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
	return os.MkdirTemp(dir, "sbx-")
}
