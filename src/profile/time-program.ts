/** How long a program takes natively, and that it runs at all: before it is measured in sandboxes. */
import type { BareRuns } from "../samples/program-profile.ts";
import { bareRuns } from "./bare-runs.ts";
import { inProgramFolder, type ProgramPlace } from "./program-folder.ts";
import { askedForTerminal } from "./trace-once.ts";

export type TimingInput = ProgramPlace & {
  /** Of one run, ms. */
  limitMs: number;
  /** Path of strace, which tells why a program failed without a word; `null` = not installed. */
  strace: string | null;
  hasConstantTsc: boolean;
  abort: AbortSignal;
};

/** @throws SbxError (exit code 2) as `recordProfile` */
export function timeProgram(input: TimingInput): Promise<BareRuns> {
  const { limitMs, strace, hasConstantTsc, abort } = input;
  return inProgramFolder(input, async ({ program, scratchDir, workDir }) => {
    const asksForTerminal = () => askedForTerminal(program, strace, limitMs, scratchDir, abort);
    const request = {
      program,
      runs: 1,
      limitMs,
      scratchDir: workDir,
      hasConstantTsc,
      abort,
      asksForTerminal,
    };
    return (await bareRuns(request)).bare;
  });
}
