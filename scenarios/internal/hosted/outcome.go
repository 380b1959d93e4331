package hosted

import (
	"fmt"
	"syscall"
)

// Outcome is how a program ended, in the words of a check.
func Outcome(status syscall.WaitStatus) string {
	if status.Signaled() {
		return fmt.Sprintf("signal %d (%v)", status.Signal(), status.Signal())
	}
	return fmt.Sprintf("exit code %d", status.ExitStatus())
}

// KillGroup: that nothing is left to kill is the rule.
func KillGroup(pid int) { _ = syscall.Kill(-pid, syscall.SIGKILL) }
