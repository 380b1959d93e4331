import { InvalidArgumentError } from "commander";

const UNIT_MS = { s: 1000, m: 60_000, h: 3_600_000 } as const;

/** Node's timers hold 31 bits; what is longer ends at once (nodejs.org, timers). */
const LONGEST_MS = 2 ** 31 - 1;

/** As `duration`, for a time that is waited for `factor` times as long. */
export function durationTimes(factor: number): (text: string) => number {
  return (text) => {
    const ms = duration(text);
    if (ms * factor <= LONGEST_MS) return ms;
    throw new InvalidArgumentError(
      `It is too long: at most ${Math.floor(LONGEST_MS / factor / UNIT_MS.h)}h.`,
    );
  };
}

/** ms of `30s`, `10m`, `1h30m`. */
export function duration(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)([smh])/g)];
  const ms = parts.reduce((sum, [, count, unit]) => sum + Number(count) * UNIT_MS[unit as "s"], 0);
  const isTime = parts.map(([part]) => part).join("") === text && ms > 0;
  if (isTime && ms <= LONGEST_MS) return ms;
  if (isTime) throw new InvalidArgumentError("It is too long: at most 596h.");
  throw new InvalidArgumentError("It has to be a time such as 30s, 10m or 1h30m.");
}
