/** `check`: the verdict on a run, against a baseline or the other side of the same run. */
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import { compare, type Judged } from "../compare.ts";
import type { UseCaseContext } from "../use-case.ts";
import { type GateOutcome, gateOutcome } from "./gate-outcome.ts";
import { checkUntilClear } from "./until-clear.ts";

export type CheckRequest = {
  config: ResolvedConfig;
  /** The new side: id or folder of a run, or `latest`. */
  run: string;
  /** A baseline's name or a run; `null` = the old side of the same run. */
  baseline: string | null;
  allowUnlike: boolean;
  /** Also fail where something is unclear or missing. */
  strict: boolean;
  /** Rounds that may be added first: the most of a cell, and the longest time, ms; `null` = none are added. */
  untilClear: { maxRounds: number; budgetMs: number | null } | null;
};

export type Checked = Judged & { outcome: GateOutcome | "interrupted" };

/** @throws SbxError, exit code 2 where a side is missing or holds nothing, 4 where they are unlike */
export async function check(request: CheckRequest, context: UseCaseContext): Promise<Checked> {
  const { config, run, baseline, allowUnlike, strict, untilClear } = request;
  if (untilClear !== null) {
    const judged = await checkUntilClear(run, config, { baseline, allowUnlike, ...untilClear }, context);
    return { ...judged, outcome: judged.finished ? gateOutcome(judged, strict) : "interrupted" };
  }
  const judged = await compare(
    {
      config,
      compared:
        baseline === null ? { kind: "sides", run } : { kind: "stored", a: baseline, b: run, allowUnlike },
    },
    context,
  );
  return { ...judged, outcome: gateOutcome(judged, strict) };
}
