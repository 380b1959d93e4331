/** `scan`: what in Go source reaches beyond computing, before it runs. */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { SbxError } from "../base/errors.ts";
import { SCAN_RULES } from "../scan/rules.ts";
import { runScanHelper } from "../scan/run-helper.ts";
import { judgeScan, type ScanPolicy, type ScanResult } from "../scan/scan-result.ts";
import { readScript } from "../script/script-file.ts";
import type { UseCaseContext } from "./use-case.ts";

export type ScanRequest = {
  /** A Go file, a folder, or the folder of a module. */
  path: string;
  /** `auto`: types where the path is a module's folder that loads. */
  tier: "auto" | "syntax" | "types";
  policy: ScanPolicy;
};

/** Of the places that a refusal shows. */
const MOST_NAMED = 5;

/** @throws SbxError (exit code 2) for what is no Go source; (4) where types were asked for and cannot be told */
export async function scanSource(
  { path, tier, policy }: ScanRequest,
  context: UseCaseContext,
): Promise<ScanResult> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || !(found.isFile() || found.isDirectory())) {
    throw new SbxError({
      what: `${path === "" ? "An empty path" : path} cannot be scanned`,
      why: found === undefined ? "There is no such file or folder." : "It is neither a file nor a folder.",
      fix: "Name a Go file, or a folder with Go source.",
    });
  }
  const isModule = found.isDirectory() && existsSync(join(path, "go.mod"));
  if (tier === "types" && !isModule) {
    throw new SbxError({
      what: `Types of ${path} cannot be told`,
      why: "They need a module: a folder with a go.mod.",
      fix: "Name the module's folder, or leave --tier out.",
    });
  }
  const loads = tier !== "syntax" && isModule;
  if (loads) context.say({ type: "note", message: `loading the packages of ${path} …` });
  const raw = await runScanHelper(path, loads, context.abort);
  if (tier === "types" && raw.unloaded !== undefined) {
    throw new SbxError({
      what: `The module in ${path} does not load`,
      why: raw.unloaded,
      fix: "Correct it, or scan its syntax alone: --tier syntax.",
      exitCode: 4,
    });
  }
  if (raw.files === 0) {
    throw new SbxError({
      what: `${path} has nothing to scan`,
      why: "It holds no Go source.",
      fix: "Name a Go file, or a folder with Go source.",
    });
  }
  return judgeScan(path, raw, policy);
}

/**
 * For a script that is to be run: its whole module where it has one, since that is what is built.
 *
 * @throws SbxError (exit code 2) where something is denied
 */
export async function refuseDenied(
  script: string,
  policy: ScanPolicy,
  context: UseCaseContext,
): Promise<void> {
  const { moduleDir } = readScript(script);
  const result = await scanSource({ path: moduleDir ?? script, tier: "auto", policy }, context);
  if (result.denied === 0) return;
  const places = result.findings
    .filter(({ level }) => level === "deny")
    .slice(0, MOST_NAMED)
    .map(({ file, line, what, rule }) => `${file}:${line} ${what}: ${SCAN_RULES[rule].title}`);
  const more = result.denied > MOST_NAMED ? [`and ${result.denied - MOST_NAMED} more`] : [];
  throw new SbxError({
    what: `${script} was not run: the scan denies it`,
    why: [...places, ...more].join("\n"),
    fix: `Look at all of it with \`sbx-bench scan ${moduleDir ?? script}\`; let rules pass with --scan-allow RULES, or leave --scan out.`,
  });
}
