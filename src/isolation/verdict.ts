/** From what a probe said and what its canary saw to a verdict. Pure: the canary decides, the word alone never does. */

export const VERDICTS = ["reached", "error", "emulated", "killed", "blocked", "absent"] as const;
/**
 * - `reached`: the canary on the host saw it, whatever the probe said
 * - `emulated`: the call succeeded, and the canary, which works, saw nothing: the sandbox answered, the host did not
 * - `killed`: the probe was killed for it
 * - `blocked`: the call failed
 * - `absent`: it failed, and natively it fails on this host, too
 * - `error`: nothing is known
 */
export type VerdictName = (typeof VERDICTS)[number];

/** What is known from inside. */
export type Said =
  | { outcome: "done" }
  | { outcome: "refused"; errno: string; detail: string }
  | { outcome: "killed"; detail: string }
  /** The positive control failed, it hung, or it never got to say anything. */
  | { outcome: "control-failed" | "timeout" | "missing"; detail: string };

/** What is known from outside. */
export type Seen = {
  /** How the host was seen to be reached; null = it was not. */
  evidence: string | null;
  /** Why the canary could not have seen it; null = it works. */
  lost: string | null;
};

export type Verdict = { verdict: VerdictName; detail: string };

export function decide(said: Said, seen: Seen): Verdict {
  if (seen.evidence !== null) return { verdict: "reached", detail: seen.evidence };
  if (seen.lost !== null) return { verdict: "error", detail: `the canary was lost: ${seen.lost}` };
  switch (said.outcome) {
    case "done":
      return { verdict: "emulated", detail: "it succeeded, and the host's canary saw nothing" };
    case "refused":
      return {
        verdict: "blocked",
        detail: said.errno === "" ? said.detail : `${said.errno}: ${said.detail}`,
      };
    case "killed":
      return { verdict: "killed", detail: said.detail };
    case "control-failed":
      return { verdict: "error", detail: `the positive control failed: ${said.detail}` };
    case "timeout":
    case "missing":
      return { verdict: "error", detail: said.detail };
  }
}

/** What fails natively, too, is no merit of the sandbox. */
export function besideBaseline(own: Verdict, native: Verdict | undefined): Verdict {
  const failsToo = native !== undefined && ["blocked", "absent", "killed"].includes(native.verdict);
  return own.verdict === "blocked" && failsToo ? { ...own, verdict: "absent" } : own;
}
