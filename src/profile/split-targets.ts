/** Joins what perf counted (by name) with what strace saw it made on (by target). */
import type { CallTotals } from "./trace-totals.ts";
import { mayWait } from "./traced-call.ts";

/**
 * Every quantity of a call is shared out in the proportions that strace saw, so that the sums stay perf's.
 *
 * Counts and time without waiting go by strace's counts, errors and bytes by its errors and bytes, waits to
 * the targets on which such a call may wait at all. A name that strace did not see has no target.
 *
 * @param counted by name, with the target `none`
 * @param seen by name and target
 */
export function splitTargets(counted: readonly CallTotals[], seen: readonly CallTotals[]): CallTotals[] {
  return counted.flatMap((call) =>
    splitCall(
      call,
      seen.filter((other) => other.name === call.name),
    ),
  );
}

function splitCall(call: CallTotals, seen: readonly CallTotals[]): CallTotals[] {
  if (seen.length === 0) return [call];
  const counts = seen.map(({ count }) => count);
  const byCount = shares(counts, counts);
  const count = wholeParts(call.count, byCount);
  const errors = wholeParts(
    call.errors,
    shares(
      seen.map((one) => one.errors),
      counts,
    ),
    count,
  );
  const bytes = shares(
    seen.map((one) => one.bytes),
    counts,
  );
  const waiting = shares(
    seen.map((one) => waitWeight(one)),
    counts,
  );
  const blocked = wholeParts(call.blocked, waiting, count);
  return seen
    .map(({ target }, index) => ({
      name: call.name,
      target,
      count: count[index]!,
      errors: errors[index]!,
      bytes: Math.round(call.bytes * bytes[index]!),
      blocked: blocked[index]!,
      timeNs: (call.timeNs - call.waitNs) * byCount[index]! + call.waitNs * waiting[index]!,
      waitNs: call.waitNs * waiting[index]!,
    }))
    .filter((part) => part.count > 0);
}

/** strace's own guess where it has one, else the number of calls on what can be waited for. */
function waitWeight(call: CallTotals): number {
  if (!mayWait(call.name, call.target)) return 0;
  return call.blocked > 0 ? call.blocked : call.count * 1e-3;
}

/** Weights as shares of 1; by `fallback` where all are 0. */
function shares(weights: readonly number[], fallback: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum > 0) return weights.map((weight) => weight / sum);
  const all = fallback.reduce((a, b) => a + b, 0);
  return fallback.map((weight) => weight / all);
}

/**
 * Whole numbers that add up to `total` (largest remainders first).
 *
 * @param most of each part; what does not fit goes to the others
 */
function wholeParts(
  total: number,
  parts: readonly number[],
  most: readonly number[] = parts.map(() => total),
): number[] {
  const whole = parts.map((share, index) => Math.min(most[index]!, Math.floor(total * share)));
  const order = parts
    .map((share, index) => ({ index, remainder: total * share - whole[index]! }))
    .sort((a, b) => b.remainder - a.remainder);
  let left = total - whole.reduce((a, b) => a + b, 0);
  for (const { index } of order) {
    const room = Math.min(left, most[index]! - whole[index]!, Math.max(1, Math.ceil(total * parts[index]!)));
    whole[index]! += room;
    left -= room;
  }
  for (const { index } of order) {
    const room = Math.min(left, most[index]! - whole[index]!);
    whole[index]! += room;
    left -= room;
  }
  return whole;
}

/**
 * Waits as strace guessed them, brought down to what the kernel counted without it: a stopped thread looks like
 * a waiting one.
 *
 * @param voluntarySwitches of the undisturbed run; the program can't have slept more often
 */
export function capWaits(calls: readonly CallTotals[], voluntarySwitches: number): CallTotals[] {
  const guessed = calls.reduce((sum, call) => sum + call.blocked, 0);
  if (guessed <= voluntarySwitches) return [...calls];
  const share = voluntarySwitches / guessed;
  return calls.map((call) => {
    const waitNs = call.waitNs * share;
    return {
      ...call,
      blocked: Math.round(call.blocked * share),
      timeNs: call.timeNs - call.waitNs + waitNs,
      waitNs,
    };
  });
}
