/** Undisturbed runs: the kernel's own counts and the wall time. */
import type { BareRuns } from "../samples/program-profile.ts";
import { median } from "../stats/distributions/quantile.ts";
import { medianInterval } from "../stats/estimates/median-interval.ts";
import type { Transcript } from "../workload/protocol.ts";
import type { ProfiledProgram } from "./profile-request.ts";
import { neverEnds, refused, stoppedByUser } from "./refusals.ts";
import { RunningCommands } from "./run-commands.ts";

export type BareRequest = {
  program: ProfiledProgram;
  runs: number;
  /** Of one run. */
  limitMs: number;
  scratchDir: string;
  hasConstantTsc: boolean;
  abort: AbortSignal;
  /** Asked when the program fails without a word: does a trace show that it looked for a terminal? */
  asksForTerminal: () => Promise<boolean>;
};

/** One run before the timed ones fills the page cache. */
const WARM_UP = 1;

/** @throws SbxError when the program can't be started, fails, or does not end within its limit */
export async function bareRuns(request: BareRequest): Promise<{ bare: BareRuns; warnings: string[] }> {
  const { program, runs, limitMs, scratchDir, hasConstantTsc, abort } = request;
  const plan = { repeat: runs, warmUp: WARM_UP, limitMs, scratchDir, hasConstantTsc, abort };
  const { transcript, failure, timedOut, stderr } = await new RunningCommands({ ...program, ...plan }).ended;
  if (abort.aborted) throw stoppedByUser();
  if (timedOut) throw neverEnds(program.command[0], limitMs, "");
  if (failure !== null) {
    const isSilent = /^exit code \d+$/.test(failure);
    throw refused(program, failure, stderr, isSilent && (await request.asksForTerminal()));
  }
  return summarise(transcript);
}

function summarise(transcript: Transcript): { bare: BareRuns; warnings: string[] } {
  const walls = transcript.ops.find((op) => op.op === "run")?.batches ?? [];
  const interval = medianInterval(walls);
  const value = (name: string) => transcript.values.find((one) => one.name === name)?.value ?? 0;
  const bare: BareRuns = {
    runs: walls.length,
    wallNs: median(walls),
    wallLowNs: interval?.low ?? null,
    wallHighNs: interval?.high ?? null,
    userNs: value("cpu-user"),
    systemNs: value("cpu-system"),
    maxRssBytes: value("max-rss"),
    minorFaults: value("minor-faults"),
    majorFaults: value("major-faults"),
    voluntarySwitches: value("voluntary-switches"),
    involuntarySwitches: value("involuntary-switches"),
  };
  return { bare, warnings: transcript.skips.map(({ op, reason }) => `${op} is not known: ${reason}.`) };
}
