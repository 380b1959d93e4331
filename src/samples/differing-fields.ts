import type { Fingerprint } from "./run-manifest.ts";

/** A field in which two hosts differ; a field that one side lacks reads `nothing`. */
export type DifferingField = { field: string; a: string; b: string };

/** Their names depend on the host or the settings, so that a missing one says something. */
const OPEN_NAMES = ["mitigation.", "version.", "config."];

/**
 * In alphabetical order; empty for the same fingerprint. A field that an earlier version did not record is no
 * difference: see `unrecordedFields`.
 */
export function differingFields(a: Fingerprint, b: Fingerprint): DifferingField[] {
  const unrecorded = new Set(unrecordedFields(a, b));
  return namesOf(a, b)
    .filter((field) => !unrecorded.has(field))
    .map((field) => ({ field, a: a.fields[field] ?? "nothing", b: b.fields[field] ?? "nothing" }))
    .filter((difference) => difference.a !== difference.b);
}

/** Fields that only one side recorded: whether the hosts differ in them is not known. In alphabetical order. */
export function unrecordedFields(a: Fingerprint, b: Fingerprint): string[] {
  const hasBoth = (name: string) => Object.hasOwn(a.fields, name) && Object.hasOwn(b.fields, name);
  return namesOf(a, b).filter(
    (name) => !hasBoth(name) && !OPEN_NAMES.some((start) => name.startsWith(start)),
  );
}

/** Nothing is known in which they differ. */
export function isSameHost(a: Fingerprint, b: Fingerprint): boolean {
  return a.id === b.id || differingFields(a, b).length === 0;
}

/** `null` where both sides recorded the same fields. */
export function unrecordedNote(a: Fingerprint, b: Fingerprint): string | null {
  const names = unrecordedFields(a, b);
  if (names.length === 0) return null;
  return `${names.join(", ")} ${names.length === 1 ? "was" : "were"} recorded on one side only (the other was measured by another version): a difference in ${names.length === 1 ? "it" : "them"} would not be seen`;
}

function namesOf(a: Fingerprint, b: Fingerprint): string[] {
  return [...new Set([...Object.keys(a.fields), ...Object.keys(b.fields)])].sort();
}
