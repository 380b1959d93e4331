/** The static half: which system calls the code of a Go program can make, read from the binary by `sbx-syscalls`. */
import { execa } from "execa";
import { z } from "zod";
import { SbxError } from "../../base/errors.ts";
import { buildHelper } from "../../workload/programs.ts";

const siteSchema = z.object({
  /** The function that holds the number. */
  function: z.string(),
  /** The wrapper that it calls (`syscall.Syscall`); none where it has the instruction itself. */
  via: z.string().optional(),
  address: z.number(),
  /** What leads there: main, an initialiser, the runtime, or only a function value (`pointer`). */
  root: z.enum(["main", "init", "runtime", "pointer"]),
  /** Functions from the root to this one. */
  path: z.array(z.string()),
});
export type CallSite = z.infer<typeof siteSchema>;

const unresolvedSchema = z.object({
  function: z.string(),
  via: z.string().optional(),
  address: z.number(),
  reason: z.string(),
});
export type UnresolvedSite = z.infer<typeof unresolvedSchema>;

const staticCallsSchema = z.object({
  /** `go1.26.8`; "unknown" where the build information was removed. */
  goVersion: z.string(),
  functions: z.number(),
  /** DT_NEEDED: empty for a static program. */
  libraries: z.array(z.string()),
  /** The system's loader starts it (PT_INTERP), and makes calls of its own. */
  hasLoader: z.boolean(),
  /** C code is linked in. */
  hasCgo: z.boolean(),
  /** By number, ascending. */
  calls: z.array(z.object({ number: z.number(), sites: z.array(siteSchema) })),
  unresolved: z.array(unresolvedSchema),
});
export type StaticCalls = z.infer<typeof staticCallsSchema>;

/** C code runs beside Go's: the loader's, a library's, or the program's own. */
export function runsC({ libraries, hasLoader, hasCgo }: StaticCalls): boolean {
  return libraries.length > 0 || hasLoader || hasCgo;
}

/** Exit code of the helper for a file that cannot be analysed. */
const REFUSED = 3;
const LIMIT_MS = 120_000;

/**
 * @param file path of the program
 * @param shown as the user named it
 * @throws SbxError (exit code 2) for a file that is no Go program for x86-64, with what it is instead
 */
export async function readStaticCalls(file: string, shown: string, abort: AbortSignal): Promise<StaticCalls> {
  const helper = await buildHelper("sbx-syscalls");
  const done = await execa(helper, [file], {
    reject: false,
    timeout: LIMIT_MS,
    cancelSignal: abort,
    stdin: "ignore",
    maxBuffer: 512 * 1024 * 1024,
  });
  if (done.exitCode === 0) return staticCallsSchema.parse(JSON.parse(done.stdout));
  if (done.exitCode === REFUSED) {
    throw new SbxError({
      what: `${shown} can't be analysed`,
      why: `${done.stderr.trim().replace(/^it/, "It")}.`,
      fix: "Name a Go program built for linux/amd64, or the package that it is built from.",
    });
  }
  throw new SbxError({
    what: `${shown} can't be analysed`,
    why: done.timedOut
      ? `It took longer than ${LIMIT_MS / 1000} s.`
      : done.stderr.trim().slice(-500) || done.shortMessage || "the analysis failed",
    fix: "Check that the file can be read.",
    exitCode: 4,
  });
}
