/**
 * What runsc's flags give up, as gVisor documents it. Only flags that change what a sandbox isolates or does are
 * here; a flag that is not is said to be not judged.
 */
import type { Price } from "../../axes/price.ts";

const FLAGS = "gVisor runsc/config/flags.go";
const FILES = "gvisor.dev/docs/user_guide/filesystem";

type Rule = {
  /** What runsc does without the flag. */
  fallback: string;
  /** `was` and `is` are never equal. @returns `null` = nothing is given up */
  price(was: string, is: string): Omit<Price, "source"> | null;
  source: string;
};

const security = (text: string) => ({ kind: "security", text }) as const;
const lost = (text: string) => ({ kind: "function", text }) as const;

/** A boolean that isolates more when it is off. */
function wider(source: string, text: string, fallback = "false"): Rule {
  return { fallback, source, price: (_, is) => (is === "false" ? null : security(text)) };
}

/** A setting that moves speed and memory only. */
const NEUTRAL: Rule = { fallback: "", source: FLAGS, price: () => null };

const RULES: Record<string, Rule> = {
  directfs: wider(
    FILES,
    "gVisor's kernel opens files itself, with descriptors of the host and a wider filter towards it, instead of asking its gofer",
    "true",
  ),
  overlay2: {
    fallback: "root:self",
    source: FILES,
    price: (was, is) => {
      if (is === "none") return security("writes to the root file system go through to the host's copy");
      return is.startsWith("all:") && !was.startsWith("all:")
        ? lost("writes to mounted folders stay in the sandbox and are lost with it")
        : was.startsWith("all:")
          ? security("writes to mounted folders go through to the host")
          : null;
    },
  },
  "file-access": {
    fallback: "exclusive",
    source: FILES,
    price: (_, is) =>
      is === "exclusive"
        ? lost("wrong where the host changes files of the root file system: stale contents")
        : null,
  },
  "file-access-mounts": {
    fallback: "shared",
    source: FILES,
    price: (_, is) =>
      is === "exclusive"
        ? lost("wrong where the host or another sandbox changes mounted files: stale contents, corruption")
        : null,
  },
  "host-uds": {
    fallback: "none",
    source: FLAGS,
    price: (_, is) => (is === "none" ? null : security("Unix sockets of the host can be reached")),
  },
  "host-fifo": {
    fallback: "none",
    source: FLAGS,
    price: (_, is) => (is === "none" ? null : security("named pipes of the host can be opened")),
  },
  "character-device-policy": {
    fallback: "emulated-only",
    source: FLAGS,
    price: (_, is) => (is === "emulated-only" ? null : security("device files of the host can be opened")),
  },
  "net-raw": wider(FLAGS, "raw sockets: the program can craft packets"),
  "allow-packet-socket-write": wider(FLAGS, "the program can craft packets of any kind"),
  "allow-suid": wider(FLAGS, "set-user-ID programs raise privileges inside the sandbox"),
  "allow-flag-override": wider(FLAGS, "annotations of a container can change any flag"),
  profile: wider(FLAGS, "a looser filter towards the host; not for production"),
  rootless: wider(FLAGS, "sandbox and gofer may keep the privileges of the caller"),
  "TESTONLY-unsafe-nonroot": wider(FLAGS, "most of what isolates the host is skipped; for tests only"),
  "EXPERIMENTAL-xdp": {
    fallback: "off",
    source: FLAGS,
    price: (_, is) => (is === "off" ? null : { kind: "support", text: "experimental" }),
  },
  iouring: {
    fallback: "false",
    source: FLAGS,
    price: (_, is) =>
      is === "false" ? null : { kind: "support", text: "for tests only, by its own help text" },
  },
  "oci-seccomp": { fallback: "false", source: FLAGS, price: () => null },
  "gofer-network-namespace": {
    fallback: "null",
    source: FLAGS,
    price: (_, is) => (is === "host" ? security("the gofer keeps the host's network namespace") : null),
  },
  "enable-core-tags": {
    fallback: "false",
    source: FLAGS,
    price: (_, is) =>
      is === "false"
        ? security("sandboxes may share a core with others at the same time: side channels of the processor")
        : null,
  },
  "host-settings": {
    fallback: "check",
    source: FLAGS,
    price: (_, is) =>
      is === "adjust" || is === "enforce" ? security("runsc changes settings of the host's kernel") : null,
  },
  "systrap-disable-syscall-patching": {
    fallback: "false",
    source: FLAGS,
    price: (_, is) =>
      is === "false"
        ? lost("programs that use the GS register, or ptrace inside the sandbox, may break")
        : null,
  },
  ...Object.fromEntries(
    [
      "systrap-disable-fast-path",
      "app-huge-pages",
      "cpu-num-from-quota",
      "dcache",
      "fdlimit",
      "gso",
      "software-gso",
      "gvisor-gro",
      "tx-checksum-offload",
      "rx-checksum-offload",
      "qdisc",
      "num-network-channels",
      "network-processors-per-channel",
      "kvm-use-cpu-nums",
      "ignore-cgroups",
      "watchdog-action",
    ].map((name) => [name, NEUTRAL]),
  ),
};

/** @param was,is settings; `null` = not given */
export function flagRule(name: string, was: string | null, is: string | null): Price[] {
  const rule = RULES[name];
  if (rule === undefined) {
    return [{ kind: "security", text: `what --${name} gives up is not judged here`, source: FLAGS }];
  }
  const [before, after] = [was ?? rule.fallback, is ?? rule.fallback];
  const price = before === after ? null : rule.price(before, after);
  return price === null ? [] : [{ ...price, source: rule.source }];
}
