/** Claim + run -> verdict. Pure. */

import type { Claim, Claimed, NumberClaim, OptionClaim, Verdict } from "./claim.ts";
import type { ArticleRun, Measurement } from "./formula.ts";

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
  const first = run.measure(claim.decides.formula);
  const second = claim.second === undefined ? null : run.measure(claim.second.formula);
  const impossible = claim.impossible?.(run) ?? null;
  const { verdict, reason } =
    impossible === null
      ? verdictOf(claim, first, second)
      : { verdict: "impossible" as const, reason: impossible };
  const others = [...(claim.second === undefined ? [] : [claim.second]), ...claim.beside];
  return {
    id,
    section,
    quote,
    subject,
    claimed: claimed.text,
    range: claimed,
    verdict,
    measured: measuredText(claim, first, second),
    decides: { label: claim.decides.label, measurement: first },
    beside: others.map(({ label, formula }) => ({ label, measurement: run.measure(formula) })),
    why: [reason, claim.means?.[verdict] ?? "", claim.why].filter((part) => part !== "").join(" "),
  };
}

function measuredText(
  { partOf, second: other }: NumberClaim,
  first: Measurement,
  second: Measurement | null,
) {
  if (first.value === null) return first.text;
  if (partOf !== undefined) return `${partOf.short}: ${first.text}`;
  if (other === undefined || second === null || second.value === null) return first.text;
  return `${other.short[0]}: ${first.text}; ${other.short[1]}: ${second.text}`;
}

/** Where an interval lies against the claimed range. */
type Position = "within" | "above" | "below" | "across";

function positionOf({ low: least, high: most }: Claimed, low: number, high: number): Position {
  if (most !== null && low > most) return "above";
  if (high < least) return "below";
  return low >= least && (most === null || high <= most) ? "within" : "across";
}

/**
 * The whole interval within the claimed range: it holds; the whole interval outside: it does not. Where the
 * interval crosses an end of the range, more rounds may tell; where there is none, nothing was measured.
 */
function verdictOf(
  { claimed, partOf, second: other }: NumberClaim,
  first: Measurement,
  second: Measurement | null,
): { verdict: Verdict; reason: string } {
  // The reason already stands where the figure would.
  if (first.missing !== null) return { verdict: "unmeasured", reason: "" };
  if (first.low === null || first.high === null) {
    return {
      verdict: "unmeasured",
      reason: `${first.n} rounds give no interval; it takes 6, and 11 make it useful.`,
    };
  }
  const position = positionOf(claimed, first.low, first.high);
  if (second !== null && second.low !== null && second.high !== null) {
    const opinion = positionOf(claimed, second.low, second.high);
    if (opinion !== position) return { verdict: "unclear", reason: other?.difference ?? "" };
  }
  if (partOf !== undefined && position !== "above") return { verdict: "unmeasured", reason: partOf.reason };
  if (position === "within") return { verdict: "holds", reason: "" };
  if (position !== "across") return { verdict: "fails", reason: "" };
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
