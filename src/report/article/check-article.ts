/** A run of the preset `article` -> every claim with its verdict. Pure. */
import type { RunManifest } from "../../samples/run-manifest.ts";
import type { CellSummary, Summary } from "../../stats/summaries/summary-types.ts";
import { plural } from "../kit/format.ts";
import { formatTime } from "../run/view/provenance.ts";
import type { RunData } from "../run/view/run-data.ts";
import { articleRun } from "./article-run.ts";
import type { ClaimGroup, Verdict } from "./claim.ts";
import { TOLERANCE } from "./claims/cells.ts";
import { CLASS_CLAIMS, COST_CLASSES } from "./claims/classes.ts";
import { GOROUTINES } from "./claims/goroutines.ts";
import { OPTIONS } from "./claims/options.ts";
import { READING } from "./claims/reading.ts";
import { START_UP } from "./claims/start-up.ts";
import { TRAP_AND_FILTER } from "./claims/trap-and-filter.ts";
import type { Measurement } from "./formula.ts";
import { type CheckedClaim, judge } from "./judge.ts";

const ARTICLE_SCHEMA = "sbx-bench/article@1";

/** Every claim, in the order in which pages show them. */
export const CLAIM_GROUPS: readonly ClaimGroup[] = [
  START_UP,
  READING,
  TRAP_AND_FILTER,
  GOROUTINES,
  CLASS_CLAIMS,
  OPTIONS,
];

/** A term of the cost model with its interval, finished for people. */
export type FittedTerm = { label: string; text: string };

export type CheckedClass = {
  id: string;
  title: string;
  says: string;
  measured: { label: string; measurement: Measurement }[];
  /** Terms that a model was fitted to; empty where the run has none. */
  fitted: readonly FittedTerm[];
};

/** `article.json`, schema `sbx-bench/article@1`. */
export type ArticleCheck = {
  schema: typeof ARTICLE_SCHEMA;
  runId: string;
  /** `AMD EPYC, 2 CPUs, Linux 6.18; runsc …, runc …` */
  host: string;
  date: string;
  command: string;
  rounds: number;
  /** Of the launches, those during which other work ran on the host: 0.25 = a quarter. */
  disturbedShare: number;
  /** A figure is met within this factor, either way. */
  tolerance: number;
  counts: Record<Verdict, number>;
  groups: { id: string; title: string; claims: CheckedClaim[] }[];
  classes: CheckedClass[];
};

/** The preset that measures what the claims need. */
const PRESET = "article";

/**
 * @param fitted terms of the cost model by id of the cost class
 * @returns `null` where the run is of another preset, or of two configurations
 */
export function checkArticle(
  run: RunData,
  fitted: Readonly<Record<string, readonly FittedTerm[]>> = {},
): ArticleCheck | null {
  const { manifest } = run;
  if (manifest.preset !== PRESET || manifest.sides !== undefined) return null;
  const figures = articleRun(run);
  const groups = CLAIM_GROUPS.map(({ id, title, claims }) => ({
    id,
    title,
    claims: claims.map((claim) => judge(claim, figures)),
  }));
  return {
    schema: ARTICLE_SCHEMA,
    runId: manifest.runId,
    host: hostLine(manifest),
    date: formatTime(manifest.startedAt),
    command: `sbx-bench ${manifest.commandLine.join(" ")}`,
    rounds: manifest.rounds,
    disturbedShare: disturbedShare(run.index.summary.cells),
    tolerance: TOLERANCE,
    counts: countVerdicts(groups.flatMap(({ claims }) => claims)),
    groups,
    classes: COST_CLASSES.map(({ id, title, says, measured }) => ({
      id,
      title,
      says,
      measured: measured.map(({ label, formula }) => ({ label, measurement: figures.measure(formula) })),
      fitted: fitted[id] ?? [],
    })),
  };
}

function countVerdicts(claims: readonly CheckedClaim[]): Record<Verdict, number> {
  const counts = { holds: 0, fails: 0, impossible: 0, unclear: 0, unmeasured: 0 };
  for (const { verdict } of claims) counts[verdict] += 1;
  return counts;
}

function disturbedShare(cells: Summary["cells"]): number {
  const sum = (of: (cell: CellSummary) => number) => cells.reduce((total, cell) => total + of(cell), 0);
  return (
    sum(({ disturbedLaunches }) => disturbedLaunches) /
    Math.max(
      1,
      sum(({ launches }) => launches),
    )
  );
}

function hostLine({ fingerprint, versions }: RunManifest): string {
  const { fields } = fingerprint;
  const cores = Number(fields["cpu.logical"] ?? Number.NaN);
  const parts = [
    fields["cpu.model"] ?? "unknown processor",
    ...(Number.isFinite(cores) ? [plural(cores, "CPU")] : []),
    `Linux ${versions.kernel ?? "unknown"}`,
    `runsc ${versions.runsc ?? "none"}`,
    `runc ${versions.runc ?? "none"}`,
  ];
  return parts.join(", ");
}
