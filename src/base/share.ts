/** A share as people write it: `10%` or `0.1`. One reading for every option and setting. Pure. */

export type ShareReading = { share: number } | { mistake: string };

/** Allows what has no upper end: a loss of 150 % is 2.5 times the time. */
export const ANY_SHARE = Number.POSITIVE_INFINITY;

/**
 * A bare number of 1 or more is refused, because it could be meant both ways.
 *
 * @param most largest share that means something; 1 = 100 %
 * @returns the share (0.1 = 10 %), or the end of a sentence whose subject is what was given
 */
export function readShare(given: string | number, most: number = 1): ShareReading {
  const [, sign, digits, percent] =
    /^([+-]?)(\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?\s*(%?)$/i.exec(String(given).trim()) ?? [];
  if (digits === undefined) return { mistake: "is not a share: write 10% or 0.1" };
  const value = Number.parseFloat(String(given));
  if (sign === "-" && value !== 0) return { mistake: "is negative: a share is 10% or 0.1" };
  if (percent === "" && value >= 1) return { mistake: bothReadings(value) };
  const share = percent === "" ? value : value / 100;
  if (share > most) return { mistake: `is more than ${shareText(most)}` };
  return { share: Math.abs(share) };
}

function bothReadings(value: number): string {
  const times = value === 1 ? "all of it" : `${value} times the whole`;
  const second = value === 1 ? "100%" : String(Number((value / 100).toPrecision(12)));
  return `could be ${value}% or ${times}: write ${value}% or ${second}`;
}

/** `10%`: what `readShare` reads back. */
export function shareText(share: number): string {
  return `${Number((share * 100).toPrecision(12))}%`;
}
