/** Which process of a launch is the program, or the sandbox's kernel that stands in its place. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { type Posture, readPosture } from "./posture.ts";

/** @param token of the launch, which stands in the program's command line and in those of the tools before it */
export function findPosture(pids: readonly number[], token: string): Posture | null {
  const lines = pids.map((pid) => ({ pid, words: wordsOf(pid) }));
  // After its exec the program has the token right behind its own name.
  const program = lines.find(({ words }) => words[1] === token);
  // In gVisor the program is no process of the host; the Sentry names itself so (runsc/sandbox/sandbox.go).
  const kernel = lines.find(({ words }) => /^runsc-sandbox$/.test(basename(words[0] ?? "")));
  const found = program ?? kernel;
  return found === undefined ? null : readPosture(found.pid, "self");
}

function wordsOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "latin1").split("\0");
  } catch {
    return [];
  }
}
