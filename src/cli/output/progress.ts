/** Shows a run's events on stderr: one live line on a terminal, plain lines in a log. */

import { durationText } from "../../base/duration-text.ts";
import { cutText } from "../../base/short-text.ts";
import { canRedraw } from "../../base/terminal-abilities.ts";
import { visibleLines, visibleText } from "../../base/visible-text.ts";
import { wrap } from "../../report/kit/terminal-table.ts";
import type { RunEvent, RunObserver } from "../../run/events.ts";
import { writeProgress } from "./write.ts";

export type ProgressTarget = {
  write(text: string): void;
  /** A terminal that can overwrite its line. */
  live: boolean;
  columns: number;
};

/** A line in a log about so many times a run, and at least once a minute, so that a CI job never looks hung. */
const LOG_LINES = 60;
const LOG_EVERY_MS = { least: 10_000, most: 60_000 };
const REDRAW_EVERY_MS = 100;
const CLEAR_LINE = "\r\u001b[2K";

export function stderrTarget(): ProgressTarget {
  return {
    write: writeProgress,
    live: canRedraw(process.stderr, process.env),
    columns: process.stderr.columns ?? 80,
  };
}

export function showProgress(target: ProgressTarget, now: () => number = Date.now): RunObserver {
  let shownAt = Number.NEGATIVE_INFINITY;
  let failed = 0;
  let logEveryMs = LOG_EVERY_MS.least;
  const line = (text: string): void => {
    const lines = wrap(text, target.columns - 1, "    ")
      .join("\n")
      .trimStart();
    target.write(`${target.live ? CLEAR_LINE : ""}${visibleLines(lines)}\n`);
  };
  return (event: RunEvent) => {
    switch (event.type) {
      case "preparing":
        if (target.live) target.write(`${CLEAR_LINE}${shorten(`preparing ${event.what}`, target.columns)}`);
        return;
      case "start": {
        const resumed = event.alreadyDone > 0 ? `, ${event.alreadyDone} of them done before` : "";
        logEveryMs = logInterval(event.etaMs);
        const isLong = !target.live && event.etaMs > logEveryMs;
        const rhythm = isLong ? `; a line every ${durationText(logEveryMs)}` : "";
        line(
          `run ${event.runId}: ${event.cells} cells, ${event.launches} launches${resumed}, about ${durationText(event.etaMs)}${rhythm}`,
        );
        shownAt = now();
        return;
      }
      case "launch":
        if (!target.live || now() - shownAt < REDRAW_EVERY_MS) return;
        shownAt = now();
        target.write(
          `${CLEAR_LINE}${shorten(`${count(event.done, event.of)}  ${left(event.etaMs)}${failures(failed)}  ${event.cell}`, target.columns)}`,
        );
        return;
      case "launched":
        if (event.record.status === "failed") {
          failed += 1;
          line(
            `failed  ${event.record.cell}, round ${event.record.round + 1}: ${event.record.failure?.message ?? ""}`,
          );
        }
        if (target.live) {
          if (event.done === event.of) target.write(CLEAR_LINE);
        } else if (now() - shownAt >= logEveryMs || event.done === event.of) {
          shownAt = now();
          line(`${count(event.done, event.of)}  ${left(event.etaMs)}${failures(failed)}`);
        }
        return;
      case "quarantined":
        line(`given up  ${event.cell}: ${event.reason}; its remaining launches are left out`);
        return;
      case "trying":
        line(`trying    whether ${event.what} still starts: ${event.cell} did not`);
        return;
      case "stopped-starting":
        line(`given up  ${event.entry.reason} Its remaining launches are left out, and the run goes on.`);
        return;
      case "swept":
        line(
          `removed what run ${event.runId} left behind when it was killed: ${event.what.join(", ") || "nothing"}`,
        );
        for (const failed of event.failed) line(`warning  could not remove ${failed}`);
        return;
      case "end":
        if (target.live) target.write(CLEAR_LINE);
        return;
      case "warning":
        line(`warning  ${event.message}`);
    }
  };
}

/** Whole tens of seconds. */
function logInterval(etaMs: number): number {
  const { least, most } = LOG_EVERY_MS;
  return Math.min(most, Math.max(least, Math.ceil(etaMs / LOG_LINES / least) * least));
}

function count(done: number, of: number): string {
  return `${String(done).padStart(String(of).length)}/${of} (${Math.floor((100 * done) / Math.max(1, of))} %)`;
}

function left(etaMs: number): string {
  return etaMs < 1000 ? "nearly done" : `${durationText(etaMs)} left`;
}

function failures(failed: number): string {
  return failed === 0 ? "" : `  ${failed} failed`;
}

/** A line longer than the terminal would wrap and could not be overwritten. */
function shorten(text: string, columns: number): string {
  return cutText(visibleText(text), columns - 1);
}
