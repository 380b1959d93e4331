import { InvalidArgumentError } from "commander";

const UNIT_MS = { s: 1000, m: 60_000, h: 3_600_000 } as const;

/** ms of `30s`, `10m`, `1h30m`. */
export function duration(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)([smh])/g)];
  const ms = parts.reduce((sum, [, count, unit]) => sum + Number(count) * UNIT_MS[unit as "s"], 0);
  if (parts.map(([part]) => part).join("") === text && ms > 0) return ms;
  throw new InvalidArgumentError("It has to be a time such as 30s, 10m or 1h30m.");
}
