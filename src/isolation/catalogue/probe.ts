/** What a probe is, as the harness knows it. What it does stands under the same name in `go/internal/probes`. */
import type { HeldView } from "../canaries/held-view.ts";

export const GROUPS = ["files", "namespaces", "kernel", "network", "resources"] as const;
export type ProbeGroup = (typeof GROUPS)[number];

/**
 * What on the host tells that a probe reached it.
 *
 * - `answer`: the probe answers with what only the host could have told it
 * - `arrival`: the probe's nonce, which is random, arrived at a listener of the harness
 * - `mark`: the nonce stands in a file of the host
 * - `signal`: the sentinel was signalled
 * - `held`: while the probe holds what it has got, the harness sees it in the host's /proc. Returns the evidence
 * - `orphan`: a process of the launch lives on after it
 */
export type Canary =
  | { kind: "answer"; of: "secret" | "symbols" | "log" | "disk" }
  | { kind: "arrival"; at: "loopback" | "socket" | "fifo" | "abstract" }
  | { kind: "mark" }
  | { kind: "signal" }
  | { kind: "held"; look: (view: HeldView) => string | null }
  | { kind: "orphan" };

export type ProbeDefinition = {
  name: string;
  group: ProbeGroup;
  /** What it tries, as the end of "a program in the sandbox can …". */
  tries: string;
  /** The public technique that it stands for. */
  technique: string;
  /** What to do where it reaches the host. */
  fix: string;
  canary: Canary;
  /** It takes what other probes need, so it has a launch of its own. */
  isAlone?: true;
};
