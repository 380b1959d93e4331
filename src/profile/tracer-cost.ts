/** What a tracer adds to each call on this host, measured with a program whose cost without it is known. */
import type { TracerCost } from "../samples/program-profile.ts";
import { median } from "../stats/distributions/quantile.ts";
import type { ProfiledProgram } from "./profile-request.ts";
import type { TraceEvent } from "./traced-call.ts";
import { WatchedProcess } from "./watched-process.ts";

/** Under strace 0.3 s. */
export const COST_CALLS = 3000;
const NATIVE_CALLS = 300_000;
const LIMIT_MS = 30_000;

/** The program that makes `getpid` calls and nothing else. */
export function getpidProgram(binary: string, calls: number, scratchDir: string): ProfiledProgram {
  return { command: [binary, String(calls)], cwd: scratchDir, env: {}, stdin: null, expectExit: 0 };
}

/** @returns ns of one getpid without a tracer; `null` where the program did not say */
export async function nativeGetpidNs(
  binary: string,
  scratchDir: string,
  abort: AbortSignal,
): Promise<number | null> {
  let said = Number.NaN;
  await new WatchedProcess({
    argv: [binary, String(NATIVE_CALLS)],
    env: {},
    cwd: scratchDir,
    stdin: null,
    limitMs: LIMIT_MS,
    abort,
    onLine: (line) => {
      said = Number(line);
    },
  }).ended;
  return Number.isFinite(said) ? said : null;
}

/** Collects the times of getpid calls from a trace. */
export class CostMeter {
  readonly #inside: number[] = [];
  readonly #between: number[] = [];
  readonly #lastExitNs = new Map<number, number>();

  add(event: TraceEvent): void {
    if (event.type !== "call" || event.exitNs === null) return;
    if (event.name === "getpid") {
      const before = this.#lastExitNs.get(event.thread);
      if (before !== undefined) this.#between.push(event.enterNs - before);
      this.#inside.push(event.exitNs - event.enterNs);
    }
    this.#lastExitNs.set(event.thread, event.exitNs);
  }

  /** @returns `null` when the trace did not hold the calls */
  cost(nativeNs: number): TracerCost | null {
    if (this.#inside.length < COST_CALLS) return null;
    return {
      insideNs: Math.round(Math.max(0, median(this.#inside) - nativeNs)),
      betweenNs: Math.round(Math.max(0, median(this.#between))),
    };
  }
}
