import type { Fingerprint } from "./run-manifest.ts";

/** A field in which two hosts differ; a field that one side lacks reads `nothing`. */
export type DifferingField = { field: string; a: string; b: string };

/** In alphabetical order; empty for the same fingerprint. */
export function differingFields(a: Fingerprint, b: Fingerprint): DifferingField[] {
  const names = new Set([...Object.keys(a.fields), ...Object.keys(b.fields)]);
  return [...names]
    .sort()
    .map((field) => ({ field, a: a.fields[field] ?? "nothing", b: b.fields[field] ?? "nothing" }))
    .filter((difference) => difference.a !== difference.b);
}
