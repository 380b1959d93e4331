/** bwrap: bubblewrap, with the mounts and limits of the other sandboxes as far as it has them. */
import { LAUNCHER, type SandboxFacts } from "../sandbox-facts.ts";

export const bwrap = {
  name: "bwrap",
  kind: "sandbox",
  presets: "full",
  layers: { kernel: false, namespaces: true },
  isGVisor: false,
  evaluator: "kernel",
  // It takes the finished program, and loads it by prctl(2), which has no flags.
  filter: { dialect: "oci", by: LAUNCHER, flags: ["SECCOMP_FILTER_FLAG_TSYNC"] },
  // Its first process waits for the others under the filter, too.
  callsUnderFilter: ["execve", "wait4"],
  platforms: [],
  runsLike: "unshare",
  startupMs: 10,
  floor: { pids: 5, memoryMiB: 2, needs: "bubblewrap and a Go program" },
  tool: {
    name: "bwrap",
    ask: ["--version"],
    pick: /bubblewrap (\S+)/,
    fix: "Run `sbx-bench setup`, or: apt-get install bubblewrap",
    missing: { severity: "note", loss: "no cell with bwrap can run" },
    fingerprint: "where measured",
  },
  trial: { shows: "user, mount, pid, ipc and uts namespaces", severity: "note" },
  colours: [{ light: "#5b7300", dark: "#b5d64a" }],
  need: "bubblewrap, with the mounts as its options; it takes a filter as a finished BPF program",
  leaving: [],
  entering: [
    {
      kind: "security",
      text: "outside its user namespace the program is the caller: where that is root, root's files and keys are its own",
      source: "bwrap(1), user_namespaces(7)",
    },
  ],
  runtimeNote: null,
} as const satisfies SandboxFacts;
