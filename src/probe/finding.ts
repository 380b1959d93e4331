/** One thing that doctor found out about the host. */

/** `problem`: something asked for can't run. `warning`: it runs, but results suffer. `note`: worth knowing. */
export type Severity = "ok" | "note" | "warning" | "problem";

export const SECTIONS = [
  "Tools",
  "Sandboxes",
  "Platforms of runsc",
  "Privileges and limits",
  "Noise",
] as const;
export type Section = (typeof SECTIONS)[number];

export type Finding = {
  /** Stable, for programs: `platform.kvm`. */
  id: string;
  section: Section;
  severity: Severity;
  what: string;
  /** Both `null` where there is nothing to explain or to do. */
  why: string | null;
  fix: string | null;
};

export function finding(
  id: string,
  section: Section,
  severity: Severity,
  what: string,
  why: string | null = null,
  fix: string | null = null,
): Finding {
  return { id, section, severity, what, why, fix };
}
