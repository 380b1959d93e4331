/** Claim + run -> verdict. Pure. */
import type { ArticleRun, Measurement } from "./article-run.ts";
import type { Claim, Claimed, NumberClaim, OptionClaim, Verdict } from "./claim.ts";

export type CheckedClaim = {
  id: string;
  section: string;
  quote: string;
  subject: string;
  claimed: string;
  /** Between which figures it would hold; `null` where it is no number. */
  range: Claimed | null;
  verdict: Verdict;
  /** What was found, with interval and n; never empty. */
  measured: string;
  /** The measurement that decided, by name; `null` where it is no number. */
  decides: { label: string; measurement: Measurement } | null;
  beside: { label: string; measurement: Measurement }[];
  why: string;
};

export function judge(claim: Claim, run: ArticleRun): CheckedClaim {
  return claim.kind === "number" ? judgeNumber(claim, run) : judgeOption(claim, run);
}

function judgeNumber(claim: NumberClaim, run: ArticleRun): CheckedClaim {
  const { id, section, quote, subject, claimed } = claim;
  const measurement = run.measure(claim.decides.formula);
  const impossible = claim.impossible?.(run) ?? null;
  const { verdict, reason } =
    impossible === null
      ? verdictOf(claim, measurement)
      : { verdict: "impossible" as const, reason: impossible };
  return {
    id,
    section,
    quote,
    subject,
    claimed: claimed.text,
    range: claimed,
    verdict,
    measured: measurement.text,
    decides: { label: claim.decides.label, measurement },
    beside: claim.beside.map(({ label, formula }) => ({ label, measurement: run.measure(formula) })),
    why: [reason, claim.means?.[verdict] ?? "", claim.why].filter((part) => part !== "").join(" "),
  };
}

/**
 * The whole interval within the claimed range: it holds; the whole interval outside: it does not. Where the
 * interval crosses an end of the range, more rounds may tell; where there is none, nothing was measured.
 */
function verdictOf(claim: NumberClaim, found: Measurement): { verdict: Verdict; reason: string } {
  const { claimed, partOf } = claim;
  const most = claimed.high ?? Number.POSITIVE_INFINITY;
  // The reason already stands where the figure would.
  if (found.missing !== null) return { verdict: "unmeasured", reason: "" };
  if (found.low === null || found.high === null) {
    return {
      verdict: "unmeasured",
      reason: `${found.n} rounds give no interval; it takes 6, and 11 make it useful.`,
    };
  }
  if (found.low > most) return { verdict: "fails", reason: "" };
  if (partOf !== undefined) return { verdict: "unmeasured", reason: partOf };
  if (found.high < claimed.low) return { verdict: "fails", reason: "" };
  if (found.low >= claimed.low && found.high <= most) return { verdict: "holds", reason: "" };
  return { verdict: "unclear", reason: "The interval reaches into the claimed range and out of it." };
}

function judgeOption(claim: OptionClaim, run: ArticleRun): CheckedClaim {
  const { id, section, quote, subject, why } = claim;
  const asked = claim.commands.map((command) => ({ command, answer: run.options(command) }));
  const silent = asked.find(({ answer }) => answer === null || answer.reason !== null);
  const known = new Set(asked.flatMap(({ answer }) => answer?.options ?? []));
  const absent = claim.options.filter((option) => !known.has(option));
  const sources = asked.map(({ command, answer }) => `\`${command}\` (${answer?.version ?? "no version"})`);
  const names = (options: readonly string[]) => options.map((option) => `--${option}`).join(", ");
  const common = { id, section, quote, subject, claimed: names(claim.options), range: null };
  const rest = { decides: null, beside: [] };
  if (silent !== undefined) {
    const reason = silent.answer?.reason ?? "the run did not ask for the options";
    return { ...common, ...rest, verdict: "unmeasured", measured: `${silent.command}: ${reason}`, why };
  }
  const list = `of the ${known.size} options that ${sources.join(" and ")} list`;
  return {
    ...common,
    ...rest,
    verdict: absent.length === 0 ? "holds" : "impossible",
    measured: absent.length === 0 ? `there, ${list}` : `${names(absent)}: not ${list}`,
    why,
  };
}
