/** How often a program is repeated, so that its answer takes a minute or two. Pure. */

export type ProgramSizes = {
  /** Timed repetitions a launch, and those before them that are not. */
  repeat: number;
  warmup: number;
  rounds: number;
  /** Of one repetition, and of one launch. */
  timeoutMs: number;
  launchMs: number;
};

/** Of a whole run. */
const TARGET_MS = 80_000;
/** An interval needs 6 rounds; with one of 7 disturbed there still is one. */
const FEWEST_ROUNDS = 7;
const MOST_ROUNDS = 15;
/** Start-up and clean-up of a launch, on average over the usual sandboxes. */
const AROUND_MS = 300;
/** Run time in the average configuration, as times native, before anything is known. */
const USUAL_SLOWDOWN = 1.5;
/** A program that is not done after so many times its native time never will be. */
const LIMIT_FACTOR = 30;
const SHORTEST_LIMIT_MS = 20_000;
/** Below this a launch times several repetitions; above it start-up is little beside one. */
const SHORT_MS = 1_000;

/**
 * @param natively ms that each program takes
 * @param configurations in which each is measured, native among them
 */
export function programSizes(natively: readonly number[], configurations: number): ProgramSizes {
  const longest = Math.max(...natively);
  const [repeat, warmup] = longest < SHORT_MS ? [3, 1] : [1, 0];
  const launchesMs = natively.map((ms) => expectedLaunchMs(ms, { repeat, warmup }));
  const roundMs = configurations * launchesMs.reduce((sum, ms) => sum + ms, 0);
  const timeoutMs = Math.max(SHORTEST_LIMIT_MS, Math.ceil(longest * LIMIT_FACTOR));
  return {
    repeat,
    warmup,
    rounds: Math.max(FEWEST_ROUNDS, Math.min(MOST_ROUNDS, Math.floor(TARGET_MS / roundMs))),
    timeoutMs,
    launchMs: (repeat + warmup + 1) * timeoutMs,
  };
}

/** One launch in the average configuration; half a repetition more is for its memory. */
export function expectedLaunchMs(
  nativelyMs: number,
  { repeat, warmup }: Pick<ProgramSizes, "repeat" | "warmup">,
): number {
  return AROUND_MS + (repeat + warmup + 0.5) * nativelyMs * USUAL_SLOWDOWN;
}
