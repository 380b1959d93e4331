/** Starts the Go helper that reads the source: src/go/cmd/sbx-scan. */
import { execa } from "execa";
import { SbxError } from "../base/errors.ts";
import { goEnv } from "../base/go-env.ts";
import { buildHelper } from "../workload/programs.ts";
import type { RawScan } from "./scan-result.ts";

/** A module that fetches what go.mod names may take its time; a folder of that many files does not end sooner. */
const LIMIT_MS = 300_000;
const MOST_OUTPUT_BYTES = 256 * 1024 * 1024;

/** @param loads the packages of the module in `path` are loaded, too */
export async function runScanHelper(path: string, loads: boolean, abort: AbortSignal): Promise<RawScan> {
  const helper = await buildHelper("sbx-scan");
  const done = await execa(helper, [...(loads ? ["-types"] : []), "--", path], {
    // Loading asks `go list`, which has to find the same Go with the same settings as our builds.
    env: await goEnv(process.env),
    extendEnv: false,
    stdin: "ignore",
    reject: false,
    timeout: LIMIT_MS,
    maxBuffer: MOST_OUTPUT_BYTES,
    cancelSignal: abort,
  });
  if (done.exitCode === 0) return JSON.parse(done.stdout) as RawScan;
  throw new SbxError({
    what: `${path} cannot be scanned`,
    why: done.timedOut
      ? `It took longer than ${LIMIT_MS / 1000} s.`
      : done.stderr.slice(-500) || "The scanner ended without a word.",
    fix: "Name a smaller part of it, or read its syntax alone: --tier syntax.",
    exitCode: 4,
  });
}
