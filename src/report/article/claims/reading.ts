import type { Configuration } from "../../../axes/configuration.ts";
import { PLATFORMS, type PlatformName } from "../../../axes/platform.ts";
import type { ClaimGroup } from "../claim.ts";
import type { ArticleRun, Formula } from "../formula.ts";
import {
  between,
  labelled,
  native,
  near,
  quantity,
  ratio,
  runc,
  runsc,
  TOLERANCE,
  unshare,
  value,
} from "./cells.ts";

const READ = "read-4k-tmpfs";
const BIND = "pread-4k-bind";
const read = (config: Configuration, metric = READ) => quantity(config, "syscalls", metric);
const trip = (config: Configuration) => quantity(config, "network", "tcp-rr-lo");

const SYSTRAP = runsc("systrap", "sandbox");
const PTRACE = runsc("ptrace", "sandbox");
const KVM = runsc("kvm", "host");

const networkEffect = (platform: PlatformName): Formula =>
  ratio(read(runsc(platform, "host")), read(runsc(platform, "sandbox")));
const filterEffect = (platform: PlatformName): Formula =>
  ratio(read(runsc(platform, "host")), read(runsc(platform, "host", "default")));

/** A saving of this much and more is what the article claims. */
const CLAIMED_RATIO = 1 / TOLERANCE;

/** Whether no platform shows the claimed saving, and at least one shows that there is none. */
function savesNothing(run: ArticleRun, formulas: readonly Formula[]): boolean {
  const found = formulas.map((formula) => run.measure(formula));
  return (
    found.some(({ low }) => low !== null && low > CLAIMED_RATIO) &&
    found.every(({ high }) => high === null || high > CLAIMED_RATIO)
  );
}

/** An option of runsc that would take its own filter away. */
const OFF_SWITCHES = /^(no|disable)-?seccomp|^seccomp/;

function filterHasNoSwitch(run: ArticleRun): string | null {
  const answer = run.options("runsc flags");
  if (answer === null || answer.reason !== null || answer.options.some((name) => OFF_SWITCHES.test(name))) {
    return null;
  }
  const left = answer.options.filter((name) => name.includes("seccomp")).map((name) => `--${name}`);
  return `There is no such state to measure: runsc filters its own host calls always (none of its ${answer.options.length} options switches that off), and ignores the container's filter unless it is asked for it (${left.join(", ")}).`;
}

const TABLE = "table “Typical costs compared (one core, 4KB read())”";

export const READING: ClaimGroup = {
  id: "reading",
  title: "A read() of 4 KiB",
  claims: [
    {
      kind: "number",
      id: "read-native",
      section: "2.5",
      quote: `${TABLE}: 182 µs is ×4.7, 63 µs is ×1.6, 51 µs is ×1.3`,
      subject: "Natively a read takes 39 µs (by division)",
      claimed: near(39.1e3, "ns", "39 µs (182 ÷ 4.7; 63 ÷ 1.6; 51 ÷ 1.3)"),
      decides: labelled("native, 4 KiB of a file in memory", value(read(native))),
      beside: [labelled("native, a file on disk that is in the page cache", value(read(native, BIND)))],
      why: "The article does not say what it read, nor on what machine; its three rows agree on this native time.",
    },
    {
      kind: "number",
      id: "read-default",
      section: "2.5",
      quote: `${TABLE}: default user-space netstack, 182 µs`,
      subject: "In runsc's default a read takes 182 µs",
      claimed: near(182e3, "ns", "182 µs"),
      decides: labelled("runsc on systrap, netstack", value(read(SYSTRAP))),
      beside: [
        labelled("the same, a file on a bind mount", value(read(SYSTRAP, BIND))),
        labelled("runsc on ptrace, netstack", value(read(PTRACE))),
      ],
      why: "runsc's default: systrap, network=sandbox, no application filter. The table is of one core, without a word on the machine; on one core systrap never takes its fast way to hand a call over (gVisor, platform/systrap/metrics.go).",
    },
    {
      kind: "number",
      id: "read-default-ratio",
      section: "2.5",
      quote: `${TABLE}: default user-space netstack, ×4.7 of native`,
      subject: "In runsc's default a read takes 4.7 times as long",
      claimed: near(4.7, "ratio", "×4.7"),
      decides: labelled("runsc on systrap, netstack ÷ native", ratio(read(SYSTRAP), read(native))),
      beside: [
        labelled("a file on a bind mount", ratio(read(SYSTRAP, BIND), read(native, BIND))),
        labelled("runsc on ptrace, netstack ÷ native", ratio(read(PTRACE), read(native))),
      ],
      why: "A ratio travels between machines better than a time: both sides have the same processor.",
    },
    {
      kind: "number",
      id: "read-kvm",
      section: "2.5",
      quote: `${TABLE}: host network + KVM, 63 µs`,
      subject: "With the host's network and kvm a read takes 63 µs",
      claimed: near(63e3, "ns", "63 µs"),
      decides: labelled("runsc on kvm, network=host", value(read(KVM))),
      beside: [labelled("a file on a bind mount", value(read(KVM, BIND)))],
      why: "kvm is the platform that the article recommends.",
    },
    {
      kind: "number",
      id: "read-kvm-ratio",
      section: "2.5",
      quote: `${TABLE}: host network + KVM, ×1.6 of native`,
      subject: "With the host's network and kvm a read takes 1.6 times as long",
      claimed: near(1.6, "ratio", "×1.6"),
      decides: labelled("runsc on kvm, network=host ÷ native", ratio(read(KVM), read(native))),
      beside: [],
      why: "Against the native read of the same rounds.",
    },
    {
      kind: "number",
      id: "read-unfiltered",
      section: "2.5",
      quote: `${TABLE}: seccomp filtering switched off, 51 µs`,
      subject: "With seccomp switched off a read takes 51 µs",
      claimed: near(51e3, "ns", "51 µs"),
      decides: labelled(
        "runsc on systrap, network=host, without an application filter",
        value(read(runsc("systrap", "host"))),
      ),
      beside: [labelled("runsc on kvm, network=host, without an application filter", value(read(KVM)))],
      impossible: filterHasNoSwitch,
      why: "runsc without an application filter, which is its default, is the nearest that exists.",
    },
    {
      kind: "number",
      id: "read-unfiltered-ratio",
      section: "2.5",
      quote: `${TABLE}: seccomp filtering switched off, ×1.3 of native`,
      subject: "With seccomp switched off a read takes 1.3 times as long",
      claimed: near(1.3, "ratio", "×1.3"),
      decides: labelled(
        "runsc on systrap, network=host, without an application filter ÷ native",
        ratio(read(runsc("systrap", "host")), read(native)),
      ),
      beside: [],
      impossible: filterHasNoSwitch,
      why: "Measured without an application filter, against the native read of the same rounds.",
    },
    {
      kind: "number",
      id: "read-network",
      section: "2.5",
      quote:
        "“--network=host avoids the bottleneck of netstack, the user-space protocol stack”: 182 µs to 63 µs",
      subject: "The network setting makes a read cheaper",
      claimed: between(0, CLAIMED_RATIO, "ratio", "×0.8 or less (63 ÷ 182 with kvm)"),
      decides: labelled("ptrace, network=host ÷ network=sandbox, the same read", networkEffect("ptrace")),
      beside: [
        labelled("systrap, the same read", networkEffect("systrap")),
        labelled("kvm, the same read", networkEffect("kvm")),
        ...PLATFORMS.map((platform) =>
          labelled(
            `what the setting does change, ${platform}: a TCP round trip over loopback`,
            ratio(trip(runsc(platform, "host")), trip(runsc(platform, "sandbox"))),
          ),
        ),
        labelled("that round trip natively", value(trip(native))),
      ],
      impossible: (run) =>
        savesNothing(run, PLATFORMS.map(networkEffect))
          ? "The network stack is not on the way of a file's read(), and handing the network to the host makes none cheaper."
          : null,
      why: "One setting changed at a time, which the article's table does not do. ptrace decides: systrap has a fast and a slow way to hand a call over (gVisor, platform/systrap/metrics.go), and launches differ by it. Only a read() from a socket passes through the network stack.",
    },
    {
      kind: "number",
      id: "read-filter",
      section: "2.5",
      quote: `${TABLE}: 63 µs to 51 µs by switching seccomp off`,
      subject: "Without a filter a read takes 0.81 times as long",
      claimed: between(0, 0.9, "ratio", "×0.81 (51 ÷ 63); ×0.9 or less"),
      decides: labelled(
        "ptrace, without an application filter ÷ with the container default (--oci-seccomp)",
        filterEffect("ptrace"),
      ),
      beside: [
        labelled("systrap, the same", filterEffect("systrap")),
        labelled("kvm, the same", filterEffect("kvm")),
        labelled("runc, the kernel's filter", ratio(read(runc("none")), read(runc("default")))),
        labelled("unshare, the kernel's filter", ratio(read(unshare("none")), read(unshare("default")))),
      ],
      why: "The one filter of runsc that has a switch: the application's, evaluated by the Sentry. Under runc and unshare the kernel evaluates it.",
    },
  ],
};
