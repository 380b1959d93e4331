import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { filesUnder, ROOT } from "./checkout.ts";

export type Import = {
  /** The importing file, relative to the root: `src/plan/build-plan.ts`. */
  from: string;
  /** A file of the project relative to the root, or the name of a package: `node:fs`. */
  to: string;
  isFile: boolean;
  /** `import type`: gone when the program runs. */
  isTypeOnly: boolean;
};

const STATEMENT = /^\s*(?:import|export)\s+(type\s)?[^;"'`]*?\bfrom\s*"([^"]+)"/gm;
const SIDE_EFFECT = /^\s*import\s*()"([^"]+)"/gm;
const DYNAMIC = /\bimport\(()\s*"([^"]+)"/g;

/** Every TypeScript file of the program. */
export const sources = filesUnder("src").filter((path) => path.endsWith(".ts"));

/** Every import of a file: statements, re-exports and dynamic ones. */
export function importsOf(from: string): Import[] {
  const code = codeOf(from);
  return [STATEMENT, SIDE_EFFECT, DYNAMIC]
    .flatMap((pattern) => [...code.matchAll(pattern)])
    .map(([, type, specifier]) => {
      const isFile = specifier!.startsWith(".");
      const to = isFile ? join(dirname(from), specifier!) : specifier!;
      return { from, to, isFile, isTypeOnly: Boolean(type) };
    });
}

/** A file's text without its comments. */
export function codeOf(path: string): string {
  return readFileSync(join(ROOT, path), "utf8").replaceAll(/(?<=^|\s)(?:\/\*[\s\S]*?\*\/|\/\/.*$)/gm, "");
}

/** `src/plan/cell.ts` -> `plan`; a file directly under src/ -> its own name, `errors.ts`. */
export function partOf(path: string): string {
  return path.split("/")[1]!;
}
