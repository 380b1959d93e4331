import type { RunManifest } from "../../samples/run-manifest.ts";

export type ProgramUse = {
  /** As in cell ids. */
  name: string;
  argv: string[];
};

/** The programs that a run measures: each use of the scenario `program`. */
export function programUses({ config }: Pick<RunManifest, "config">): ProgramUse[] {
  const uses = (config as { scenarios?: unknown } | null)?.scenarios;
  if (!Array.isArray(uses)) return [];
  return uses.flatMap((use): ProgramUse[] => {
    const argv = use?.use === "program" ? use.params?.argv : undefined;
    return Array.isArray(argv) && argv.length > 0 ? [{ name: String(use.as), argv: argv.map(String) }] : [];
  });
}
