/** The filter as Go code for github.com/elastic/go-seccomp-bpf 1.6: the program loads it itself. */
import type { OciSeccomp } from "../../sandbox/seccomp/oci-profile.ts";

const DEFAULTS: Partial<Record<OciSeccomp["defaultAction"], string>> = {
  SCMP_ACT_ERRNO: "seccomp.ActionErrno | seccomp.Action(38) /* ENOSYS */",
  SCMP_ACT_KILL_PROCESS: "seccomp.ActionKillProcess",
  SCMP_ACT_LOG: "seccomp.ActionLog",
};

export function goSnippet(profile: OciSeccomp): string {
  const names = profile.syscalls.flatMap((entry) => entry.names).sort();
  return `package main

import seccomp "github.com/elastic/go-seccomp-bpf"

// loadFilter puts the filter on all threads; call it first in main.
func loadFilter() error {
	return seccomp.LoadFilter(seccomp.Filter{
		NoNewPrivs: true,
		Flag:       seccomp.FilterFlagTSync,
		Policy: seccomp.Policy{
			DefaultAction: ${DEFAULTS[profile.defaultAction] ?? "seccomp.ActionErrno"},
			Syscalls: []seccomp.SyscallGroup{{
				Action: seccomp.ActionAllow,
				Names: []string{
${names.map((name) => `\t\t\t\t\t"${name}",`).join("\n")}
				},
			}},
		},
	})
}
`;
}
