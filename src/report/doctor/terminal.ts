/** The doctor's report for a terminal of 80 columns. */
import { styleText } from "node:util";
import type { DoctorReport } from "../../probe/doctor.ts";
import { type Finding, SECTIONS, type Severity } from "../../probe/finding.ts";

const WIDTH = 80;
const INDENT = "           ";

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

const LABELS: Record<Severity, { text: string; style: Style }> = {
  ok: { text: "ok", style: "green" },
  note: { text: "note", style: "cyan" },
  warning: { text: "warning", style: "yellow" },
  problem: { text: "PROBLEM", style: ["bold", "red"] },
};

export function doctorText(report: DoctorReport, colour: boolean): string {
  const paint: Paint = (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text);
  const { fields, id } = report.fingerprint;
  const host = [
    fields["cpu.model"],
    `${fields["cpu.logical"]} CPUs`,
    fields["memory.total"],
    fields["os.distribution"],
    `kernel ${fields["kernel.release"]}`,
  ].join(", ");
  const lines = [
    ...wrap(host, ""),
    `Fingerprint ${id}`,
    "",
    ...wrap(`Can run:    ${report.runs.join(", ")}`, "            "),
    ...(report.runsNot.length > 0 ? wrap(`Cannot run: ${report.runsNot.join(", ")}`, "            ") : []),
  ];
  for (const section of SECTIONS) {
    const findings = report.findings.filter((finding) => finding.section === section);
    if (findings.length > 0) lines.push("", paint("bold", section));
    for (const finding of findings) lines.push(...findingLines(finding, paint));
  }
  lines.push("", ...wrap(summary(report), ""));
  return `${lines.join("\n")}\n`;
}

function findingLines({ severity, what, why, fix }: Finding, paint: Paint): string[] {
  const { text, style } = LABELS[severity];
  const [first = "", ...rest] = wrap(`${" ".repeat(INDENT.length)}${what}`, INDENT);
  return [
    `  ${paint(style, text)}${first.slice(2 + text.length)}`,
    ...rest,
    ...(why === null ? [] : wrap(`${INDENT}why: ${why}`, `${INDENT}     `)),
    ...(fix === null ? [] : wrap(`${INDENT}fix: ${fix}`, `${INDENT}     `)),
  ];
}

function summary(report: DoctorReport): string {
  const count = (severity: Severity) =>
    report.findings.filter((finding) => finding.severity === severity).length;
  const when = report.remembered
    ? `The trials are from ${report.triedAt.slice(0, 16).replace("T", " ")} UTC; --fresh makes them again.`
    : "The trials were made just now.";
  const verdict = report.canRun ? "Ready." : "Not ready: no sandbox can run here.";
  const counts = `${amount(count("problem"), "problem")}, ${amount(count("warning"), "warning")}.`;
  return `${verdict} ${counts} ${when}`;
}

function amount(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

/** Breaks at blanks; a word longer than the line (a path) stays whole. */
function wrap(paragraph: string, indent: string): string[] {
  const leading = /^ */.exec(paragraph)?.[0] ?? "";
  const lines: string[] = [];
  let line = leading;
  let empty = true;
  for (const word of paragraph.trimStart().split(" ")) {
    if (!empty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = indent;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}
