/**
 * JUnit XML as Jenkins, GitLab and GitHub's reporters read it: a suite a cell, a test case a gated metric.
 * Worse and broken are failures; unclear and no longer seen are skipped, or failures where the gate is strict. Warnings
 * are skipped cases of a suite of their own.
 */
import { visibleLines } from "../../base/visible-text.ts";
import { type Comparison, VERDICT_ORDER } from "../../check/comparison-types.ts";
import type { VerdictRow, VerdictView } from "./verdict-view.ts";

type Case = { xml: string; state: "passed" | "failed" | "skipped" };

export function verdictJunit(view: VerdictView, { b, emulated }: Comparison, strict: boolean): string {
  const rows = VERDICT_ORDER.flatMap((verdict) => view.rows[verdict]);
  const suites = [...Map.groupBy(rows, (row) => row.cell)].map(([cell, own]) =>
    suite(
      cell,
      b.startedAt,
      own.map((row) => testCase(row, strict)),
    ),
  );
  const broken = view.broken.flatMap(({ reason, what }) =>
    what.map((one) => failed(one, "broken", `broken: ${reason}`, one)),
  );
  if (broken.length > 0) suites.unshift(suite("broken", b.startedAt, broken));
  const missing = view.notCompared.flatMap(({ reason, what, isUnseen }) =>
    what.map((one) =>
      isUnseen && strict
        ? failed(one, "missing", `missing in b: ${reason}`, one)
        : skipped(one, "not compared", `not compared: ${reason}`),
    ),
  );
  if (missing.length > 0) suites.push(suite("not compared", b.startedAt, missing));
  if (view.warnings.length > 0) {
    const said = view.warnings.map((text) => skipped("sbx-bench", "warning", text));
    suites.push(suite("warnings", b.startedAt, said));
  }
  if (emulated) {
    suites.push(
      suite("emulated", b.startedAt, [skipped("emulated", "every metric", view.banner ?? "emulated")]),
    );
  }
  const all = totals(suites.flatMap(({ cases }) => cases));
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="sbx-bench" ${all}>
${suites.map(({ xml }) => xml).join("\n")}
</testsuites>
`;
}

function suite(name: string, startedAt: string, cases: Case[]): { xml: string; cases: Case[] } {
  const timestamp = startedAt.replace(/\.\d+Z$|Z$/, "");
  return {
    cases,
    xml: `  <testsuite name="${escapeXml(name)}" ${totals(cases)} timestamp="${escapeXml(timestamp)}">
${cases.map(({ xml }) => xml).join("\n")}
  </testsuite>`,
  };
}

function testCase(row: VerdictRow, strict: boolean): Case {
  const { verdict, cell, name } = row;
  const power = row.power === "" ? "" : `; ${row.power}`;
  const message = `${verdict}: ${row.figures}${power}`;
  if (verdict === "worse" || (verdict === "unclear" && strict)) {
    const against = row.against === null ? "" : ` against ${row.against}`;
    return failed(cell, name, message, `${row.metric.title}\n${cell}${against}`);
  }
  if (verdict === "unclear") return skipped(cell, name, message);
  return { state: "passed", xml: element(cell, name, `<system-out>${escapeXml(message)}</system-out>`) };
}

function failed(className: string, name: string, message: string, detail: string): Case {
  const [type] = message.split(":");
  const body = escapeXml(`${message}\n${detail}`);
  const failure = `<failure message="${escapeXml(message)}" type="${escapeXml(type ?? "")}">${body}</failure>`;
  return { state: "failed", xml: element(className, name, failure) };
}

function skipped(className: string, name: string, message: string): Case {
  return { state: "skipped", xml: element(className, name, `<skipped message="${escapeXml(message)}"/>`) };
}

/** A verdict has no duration; some readers refuse a case without `time`. */
function element(className: string, name: string, inner: string): string {
  return `    <testcase classname="${escapeXml(className)}" name="${escapeXml(name)}" time="0">${inner}</testcase>`;
}

function totals(cases: readonly Case[]): string {
  const count = (state: Case["state"]) => cases.filter((one) => one.state === state).length;
  return `tests="${cases.length}" failures="${count("failed")}" errors="0" skipped="${count("skipped")}" time="0"`;
}

/** What is made visible includes all that XML 1.0 has no place for. */
function escapeXml(text: string): string {
  return visibleLines(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll(/[\n\t]/g, (white) => `&#${white.charCodeAt(0)};`);
}
