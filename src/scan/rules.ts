/** What a scan looks for, why, and which system calls it implies. The Go helper finds it (src/go/internal/scan). Pure. */

type Capability =
  | "EXEC"
  | "FILES"
  | "NETWORK"
  | "SYSTEM_CALLS"
  | "UNSAFE_POINTER"
  | "REFLECT"
  | "CGO"
  | "ARBITRARY_EXECUTION"
  | "RUNTIME"
  | "OPERATING_SYSTEM"
  | "UNANALYZED";

export type ScanRule = {
  title: string;
  why: string;
  /** In Capslock's words (github.com/google/capslock, docs/capabilities.md). */
  capability: Capability;
  /** That it may make; empty where none, or any. */
  calls: readonly string[];
  /** Without a word of the user's. */
  level: Level;
};

/** `deny`: the scan fails. `note`: it is shown. */
export type Level = "deny" | "note";

const FILE_CALLS = ["openat"] as const;

export const SCAN_RULES = {
  exec: rule("starts programs", "What it starts is not the script any more.", "EXEC", [
    ...["clone", "clone3", "execve", "pipe2", "dup3", "wait4", "waitid", "pidfd_open", "pidfd_send_signal"],
  ]),
  syscall: rule(
    "calls the kernel by number",
    "It can make any call, whatever the library offers.",
    "SYSTEM_CALLS",
  ),
  unsafe: rule(
    "reads and writes memory past its types",
    "With it every other rule can be gone around.",
    "UNSAFE_POINTER",
  ),
  plugin: rule("loads code at run time", "The code was not scanned.", "ARBITRARY_EXECUTION", [
    "openat",
    "mmap",
  ]),
  cgo: rule("has parts in C", "C is not read, and makes any call.", "CGO"),
  linkname: rule(
    "reaches private functions of other packages",
    "The runtime's own calls are in reach.",
    "ARBITRARY_EXECUTION",
  ),
  assembly: rule("has parts in assembly", "Assembly is not read, and makes any call.", "ARBITRARY_EXECUTION"),
  object: rule("links finished object code", "It is not read, and makes any call.", "ARBITRARY_EXECUTION"),
  network: rule("reaches the network", "Data can leave, and others can come in.", "NETWORK", [
    ...["socket", "connect", "bind", "listen", "accept4", "sendto", "recvfrom", "setsockopt", "getsockname"],
  ]),
  delete: rule("deletes or empties files", "What is gone is gone.", "FILES", [
    "unlinkat",
    "ftruncate",
    "truncate",
  ]),
  signal: rule("signals other processes", "It can end them.", "OPERATING_SYSTEM", [
    "kill",
    "pidfd_send_signal",
    "pidfd_open",
  ]),
  "reflect-call": rule(
    "calls functions that are named at run time",
    "Which ones cannot be told by reading.",
    "REFLECT",
  ),
  embed: rule(
    "embeds files from outside of its folder",
    "Files of the host become part of the program.",
    "FILES",
    FILE_CALLS,
  ),
  generate: rule("has commands that the toolchain runs when asked to", "They are any commands.", "EXEC"),
  replace: rule(
    "builds other code than its imports name",
    "go.mod or go.work puts a folder in a module's place.",
    "UNANALYZED",
  ),
  unparsed: rule("cannot be parsed", "What is not understood is not known to be harmless.", "UNANALYZED"),
  unread: rule("cannot be read", "What is not read is not known to be harmless.", "UNANALYZED"),
  toolchain: rule("asks for a Go toolchain of its own", "It is fetched and run.", "UNANALYZED", [], "note"),
  reflect: rule(
    "looks at values by reflection",
    "Harmless by itself; calls have a rule of their own.",
    "REFLECT",
    [],
    "note",
  ),
  write: rule(
    "writes files",
    "In a sandbox only where it may.",
    "FILES",
    [...FILE_CALLS, "renameat", "mkdirat", "fchmodat", "linkat"],
    "note",
  ),
  read: rule(
    "reads files",
    "In a sandbox only what is there.",
    "FILES",
    [...FILE_CALLS, "getdents64", "newfstatat"],
    "note",
  ),
  descriptor: rule(
    "takes a file descriptor by its number",
    "One that was left open leads past every path.",
    "FILES",
    [],
    "note",
  ),
  environment: rule(
    "changes its own environment or folder",
    "Later paths mean something else.",
    "OPERATING_SYSTEM",
    ["chdir", "chroot"],
    "note",
  ),
  runtime: rule(
    "changes how the runtime works",
    "Signals, threads, the collector.",
    "RUNTIME",
    ["rt_sigaction", "tgkill"],
    "note",
  ),
} satisfies Record<string, ScanRule>;

export type ScanRuleName = keyof typeof SCAN_RULES;
export const SCAN_RULE_NAMES = Object.keys(SCAN_RULES) as ScanRuleName[];

function rule(
  title: string,
  why: string,
  capability: Capability,
  calls: readonly string[] = [],
  level: Level = "deny",
): ScanRule {
  return { title, why, capability, calls, level };
}
