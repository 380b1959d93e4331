/** A program's profile in a terminal. */
import type { CallProfile, ProgramProfile } from "../../samples/program-profile.ts";
import { formatFactor, formatShare, formatValue, plural } from "../kit/format.ts";
import { pad, screenText, wrap } from "../kit/terminal-table.ts";

const CALLS_SHOWN = 20;
const WIDTHS = { name: 17, target: 8, count: 10, errors: 8, blocked: 9, bytes: 10, time: 9 };

/** @param columns width of the window; 80 fit the whole table */
export function renderProfile(profile: ProgramProfile, columns: number): string {
  const lines = [
    ...wrap(profile.command.join(" "), columns),
    ...facts(profile).flatMap((text) => wrap(text, columns, "  ")),
    "",
    ...callLines(profile.calls),
    "",
    ...wrap(thinkTime(profile), columns),
    ...profile.warnings.flatMap((text) => wrap(`- ${text}`, columns)),
  ];
  return screenText(
    lines.map((line) => line.trimEnd()),
    false,
  );
}

function facts(profile: ProgramProfile): string[] {
  const { bare, tracer, tracerCost, calls } = profile;
  const sum = (of: (call: CallProfile) => number) => calls.reduce((total, call) => total + of(call), 0);
  const bounds =
    bare.wallLowNs === null || bare.wallHighNs === null
      ? "[needs 6 runs]"
      : `[${formatValue(bare.wallLowNs, "ns")}, ${formatValue(bare.wallHighNs, "ns")}]`;
  const memory = bare.maxRssBytes > 0 ? `${formatValue(bare.maxRssBytes, "bytes")} of memory at most` : "";
  return [
    `wall time ${formatValue(bare.wallNs, "ns")} ${bounds} n=${bare.runs}, CPU time ${formatValue(bare.userNs, "ns")} user and ${formatValue(bare.systemNs, "ns")} system`,
    [
      plural(profile.processes, "process", "processes"),
      plural(profile.execs, "exec"),
      `${plural(profile.threads, "thread")} at one time`,
      memory,
      plural(bare.minorFaults + bare.majorFaults, "page fault"),
      `${formatValue(profile.mappedBytes, "bytes")} mapped`,
    ]
      .filter((text) => text !== "")
      .join(", "),
    `${plural(
      sum((call) => call.count),
      "system call",
    )}, ${sum((call) => call.blocked)} of them waited; ${plural(bare.voluntarySwitches, "context switch", "context switches")} to wait and ${bare.involuntarySwitches} by preemption`,
    `counted by ${tracer} in ${plural(profile.tracedRuns, "run")} ${formatFactor(profile.slowdownByTracing)} times as long; its ${formatValue(tracerCost.insideNs, "ns")} inside and ${formatValue(tracerCost.betweenNs, "ns")} between calls are taken off`,
  ];
}

function callLines(calls: readonly CallProfile[]): string[] {
  const shown = calls.slice(0, CALLS_SHOWN);
  const rest = calls.length - shown.length;
  return [
    row("call", "on", "calls", "errors", "waited", "bytes", "time"),
    ...shown.map((call) =>
      row(
        call.name,
        call.target === "none" ? "" : call.target,
        String(call.count),
        dash(call.errors),
        dash(call.blocked),
        call.bytes === 0 ? "" : formatValue(call.bytes, "bytes"),
        call.timeNs === 0 ? "" : formatValue(call.timeNs, "ns"),
      ),
    ),
    ...(rest > 0 ? [`and ${plural(rest, "kind")} of calls more; --json has all`] : []),
  ];
}

function row(
  name: string,
  target: string,
  count: string,
  errors: string,
  blocked: string,
  bytes: string,
  time: string,
): string {
  return [
    pad(name, WIDTHS.name),
    " ",
    pad(target, WIDTHS.target),
    pad(count, WIDTHS.count, "right"),
    pad(errors, WIDTHS.errors, "right"),
    pad(blocked, WIDTHS.blocked, "right"),
    pad(bytes, WIDTHS.bytes + 2, "right"),
    pad(time, WIDTHS.time + 2, "right"),
  ].join("");
}

function dash(count: number): string {
  return count === 0 ? "" : String(count);
}

function thinkTime({ gaps }: ProgramProfile): string {
  const all = gaps.reduce((sum, [, count]) => sum + count, 0);
  if (all === 0) return "No thread made two calls.";
  const below = (share: number) => formatValue(boundOf(gaps, share * all), "ns");
  return `Between two calls of a thread: half of the times up to ${below(0.5)}, ${formatShare(0.9)} up to ${below(0.9)}, all up to ${below(1)} (n=${all}).`;
}

function boundOf(gaps: readonly [number, number][], wanted: number): number {
  let seen = 0;
  for (const [bound, count] of gaps) {
    seen += count;
    if (seen >= wanted) return bound;
  }
  return 0;
}
