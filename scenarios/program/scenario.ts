import { defineScenario } from "sbx-bench";

export default defineScenario({
  name: "program",
  description: "Any command: from fork and exec to its end, repeated, with what the kernel says it used.",
  params: {
    /** The command and its arguments; a name without a slash is looked for in PATH. Empty = the static program that exits at once. */
    argv: [],
    /** Folders of the host that it sees at their own paths: PATH or PATH:rw; "system" = /usr, /bin, /lib, /etc and the like. */
    binds: ["system"],
    /** Folder of the host of which each cell gets a writable copy, its work folder; empty = an empty one. */
    work: "",
    /** Where it starts; empty = the work folder, and a relative path starts there. */
    cwd: "",
    /** Further environment, NAME=value. It gets nothing of the caller's, but PATH, HOME (the work folder), TMPDIR (.tmp in it), and LC_ALL=C. */
    env: [],
    /** Timed repetitions a launch. */
    repeat: 3,
    /** Repetitions before them that are not timed. */
    warmup: 1,
    /** One more repetition, not timed, is stopped at this share of its time while the host samples its memory; 0 = none. */
    memoryAt: 0,
    /** Limit of one repetition; what takes longer is killed, and the launch has failed. */
    timeoutMs: 20_000,
    /** File that it reads as standard input; empty = /dev/null. */
    stdin: "",
    /** The exit code that counts as success. */
    expectExit: 0,
    /** Bytes that it has to print on standard output; -1 = any number. */
    expectStdoutBytes: -1,
  },
  metrics: [
    { metric: "run", title: "run time", unit: "ns", better: "lower", group: "time" },
    { metric: "cpu-user", title: "CPU time in user mode", unit: "ns", better: "lower", group: "time" },
    { metric: "cpu-system", title: "CPU time in the kernel", unit: "ns", better: "lower", group: "time" },
    { metric: "max-rss", title: "largest resident memory", unit: "bytes", better: "lower", group: "memory" },
    { metric: "minor-faults", title: "page faults", unit: "count", better: "lower", group: "memory" },
    {
      metric: "major-faults",
      title: "page faults that read a file",
      unit: "count",
      better: "lower",
      group: "memory",
    },
    {
      metric: "voluntary-switches",
      title: "context switches, waiting",
      unit: "count",
      better: "lower",
      group: "scheduling",
    },
    {
      metric: "involuntary-switches",
      title: "context switches, preempted",
      unit: "count",
      better: "lower",
      group: "scheduling",
    },
    {
      metric: "stdout-bytes",
      title: "bytes printed on standard output",
      unit: "bytes",
      better: "lower",
      group: "output",
    },
  ],
  host: { startup: true, cpu: true, memoryMarks: ["running"] },
  hostPrograms: true,
});
