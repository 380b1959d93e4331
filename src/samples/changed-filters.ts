import type { FilterHashes } from "./run-manifest.ts";

/** Enough to tell two files apart; `run.json` has them whole. */
const SHOWN_DIGITS = 12;

/** A sentence a filter that has one name on both sides and other contents. What one side does not know is none. */
export function changedFilters(
  a: { filters?: FilterHashes },
  b: { filters?: FilterHashes },
  words: { a: string; b: string },
): string[] {
  return Object.entries(b.filters ?? {}).flatMap(([name, hash]) => {
    const old = a.filters?.[name];
    if (old === undefined || old === hash) return [];
    const [then, now] = [old, hash].map((digits) => digits.slice(0, SHOWN_DIGITS));
    return [`the filter ${name} has other contents: sha256 ${then}… ${words.a}, ${now}… ${words.b}`];
  });
}
