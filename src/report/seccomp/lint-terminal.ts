/** Findings of `seccomp lint` for people: `file:line  severity  rule`, why, and what to do. */
import type { LocatedFinding } from "../../seccomp/lint/finding.ts";
import { sentence, where } from "./lint-sarif.ts";

export function lintTerminal(file: string, findings: readonly LocatedFinding[]): string {
  if (findings.length === 0) return `${file}: nothing to say\n`;
  const blocks = findings.map(
    ({ rule, severity, sandboxes, message, fix, line }) =>
      `${file}:${line}  ${severity}  ${rule}\n  ${where(sandboxes)}${sentence(message)}\n  fix: ${fix}\n`,
  );
  const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  const total = (["error", "warning", "note"] as const).map((one) => plural(count(one), one));
  return `${blocks.join("")}${total.join(", ")}\n`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
