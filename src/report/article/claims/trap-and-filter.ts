import type { Configuration } from "../../../axes/configuration.ts";
import type { PlatformName } from "../../../axes/platform.ts";
import type { ClaimGroup, Labelled } from "../claim.ts";
import type { ArticleRun, Formula } from "../formula.ts";
import { difference, labelled, native, near, quantity, ratio, runc, runsc, unshare, value } from "./cells.ts";

const call = (config: Configuration, metric = "getpid") => quantity(config, "syscalls", metric);
const host = (platform: PlatformName, seccomp = "none") => runsc(platform, "host", seccomp);

/** Into the Sentry, without the way back. */
const oneWay = (platform: PlatformName, metric = "getpid"): Formula =>
  difference(call(host(platform), metric), call(native, metric), 0.5);

const SAVED_NS = 12_000;

/** What a smaller filter saves a call. */
const saved = (of: (seccomp: string) => Configuration, metric = "getpid"): Formula =>
  difference(call(of("default"), metric), call(of("generated"), metric));

/** Nobody can save more than the whole call costs with the larger filter. */
function savesMoreThanAll(of: (seccomp: string) => Configuration) {
  return (run: ArticleRun): string | null => {
    const whole = run.measure(value(call(of("default"))));
    return whole.high === null || whole.high >= SAVED_NS
      ? null
      : `The whole call, filter and all, takes ${whole.text}: it has no 12 µs to save.`;
  };
}

const savings = (name: string, of: (seccomp: string) => Configuration): Labelled[] => [
  labelled(`${name}: getpid with the container default`, value(call(of("default")))),
  labelled(`${name}: a read of 4 KiB, default − minimal`, saved(of, "read-4k-tmpfs")),
  labelled(`${name}: getpid, default − no filter at all`, difference(call(of("default")), call(of("none")))),
];

const TRAP =
  "“--platform=kvm speeds up trap handling by hardware virtualisation: the switch from kernel mode to the sentry drops from 320 ns to 85 ns”";
const FILTER =
  "“this configuration drops redundant seccomp rules (it keeps only read/write/mmap/brk), which takes about 12 µs a call off BPF parsing”";
const MINIMAL =
  "No program can even start with four calls (execve is not among them), so the smallest filter is the one recorded for this very program.";

export const TRAP_AND_FILTER: ClaimGroup = {
  id: "trap-and-filter",
  title: "The trap, and the filter",
  claims: [
    {
      kind: "number",
      id: "trap-software",
      section: "2.5",
      quote: TRAP,
      subject: "Without kvm the switch to the Sentry takes 320 ns",
      claimed: near(320, "ns", "320 ns"),
      decides: labelled(
        "systrap: half of what getpid takes beyond native, as Go calls it",
        oneWay("systrap"),
      ),
      beside: [
        labelled("systrap, in the form that it can patch", oneWay("systrap", "getpid-patchable")),
        labelled("ptrace", oneWay("ptrace")),
        labelled("systrap: the whole getpid", value(call(host("systrap")))),
      ],
      why: "getpid does nothing in the Sentry, so that half of its extra time is the way in; the article's reading is given the benefit of every doubt. systrap replaces calls of the form “mov number, %eax; syscall” by a jump, which is no trap; Go's own calls do not have that form.",
    },
    {
      kind: "number",
      id: "trap-kvm",
      section: "2.5",
      quote: TRAP,
      subject: "With kvm it takes 85 ns",
      claimed: near(85, "ns", "85 ns"),
      decides: labelled("kvm: half of what getpid takes beyond native", oneWay("kvm")),
      beside: [labelled("kvm: the whole getpid", value(call(host("kvm"))))],
      why: "Measured as the switch without kvm is.",
    },
    {
      kind: "number",
      id: "trap-ratio",
      section: "2.5",
      quote: TRAP,
      subject: "kvm makes the switch 3.8 times as fast",
      claimed: near(320 / 85, "ratio", "×3.8 (320 ns ÷ 85 ns)"),
      decides: labelled("getpid, systrap ÷ kvm", ratio(call(host("systrap")), call(host("kvm")))),
      beside: [labelled("getpid, ptrace ÷ kvm", ratio(call(host("ptrace")), call(host("kvm"))))],
      why: "Of the whole call, paired by round.",
    },
    {
      kind: "number",
      id: "filter-kernel",
      section: "2.5",
      quote: FILTER,
      subject: "A minimal filter saves 12 µs a call, in the kernel",
      claimed: near(SAVED_NS, "ns", "~12 µs a call"),
      decides: labelled("unshare: getpid, container default − minimal filter", saved(unshare)),
      beside: [...savings("unshare", unshare), labelled("runc: getpid, default − minimal", saved(runc))],
      impossible: savesMoreThanAll(unshare),
      why: `Under unshare and runc the kernel evaluates the filter. ${MINIMAL} Nothing is parsed at a call: the kernel runs a loaded program, and remembers what is always allowed.`,
    },
    {
      kind: "number",
      id: "filter-sentry",
      section: "2.5",
      quote: FILTER,
      subject: "A minimal filter saves 12 µs a call, in the Sentry",
      claimed: near(SAVED_NS, "ns", "~12 µs a call"),
      decides: labelled(
        "systrap: getpid, container default − minimal filter",
        saved((seccomp) => host("systrap", seccomp)),
      ),
      beside: [
        ...savings("systrap", (seccomp) => host("systrap", seccomp)),
        labelled(
          "ptrace: getpid, default − minimal",
          saved((seccomp) => host("ptrace", seccomp)),
        ),
        labelled(
          "kvm: getpid, default − minimal",
          saved((seccomp) => host("kvm", seccomp)),
        ),
      ],
      impossible: savesMoreThanAll((seccomp) => host("systrap", seccomp)),
      why: `Under runsc the Sentry evaluates the filter, and only with --oci-seccomp, which the article's command lacks. ${MINIMAL}`,
    },
  ],
};
