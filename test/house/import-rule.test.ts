import { describe, expect, test } from "vitest";
import { codeOf, type Import, importsOf, partOf, sources } from "./imports.ts";

/**
 * The flow: a folder imports only what stands in an earlier line. What an earlier one needs of a later one is handed
 * down as a value whose type the earlier one defines: the probe gets the trials of the sandboxes (`probe/trial.ts`).
 */
const FLOW = [
  ["axes"],
  ["config"],
  ["plan"],
  ["probe"],
  ["sandbox", "workload"],
  ["run"],
  ["stats"],
  ["profile"],
  ["model"],
  ["store"],
  ["check"],
  ["capacity", "isolation", "scan", "script", "seccomp", "policy", "counted"],
  ["report"],
  ["use-cases"],
  ["cli"],
];

/** May be imported from everywhere. */
const SHARED = ["base", "samples"];

/** Allowed against the flow, each for a reason. */
const EXCEPTIONS: { from: string; to: string; why: string }[] = [
  { from: "src/samples/run-manifest.ts", to: "src/plan/cell.ts", why: "a run records the cells of its plan" },
];

/** These do no input or output; what they reach at run time must not either. */
const PURE = ["axes", "plan", "stats", "model", "check"];

/** Packages that compute and nothing else. */
const PURE_PACKAGES = ["node:path", "node:crypto", "node:util", "leven", "zod"];

const imports = sources.flatMap(importsOf);

function isAllowed({ from, to }: Import): boolean {
  const [source, target] = [partOf(from), partOf(to)];
  if (source === "index.ts" || source === target || SHARED.includes(target)) return true;
  const place = (part: string) => FLOW.findIndex((line) => line.includes(part));
  return place(source) !== -1 && place(target) !== -1 && place(target) < place(source);
}

const isException = (one: Import) => (exception: (typeof EXCEPTIONS)[number]) =>
  one.from.startsWith(exception.from) && one.to === exception.to;

/** The chain of run-time imports from a file to a package that is not pure; `null` where there is none. */
function wayToEffects(file: string, seen: Set<string> = new Set()): string[] | null {
  if (seen.has(file)) return null;
  seen.add(file);
  for (const { to, isFile } of imports.filter((one) => one.from === file && !one.isTypeOnly)) {
    if (!isFile && !PURE_PACKAGES.includes(to)) return [file, to];
    const way = isFile ? wayToEffects(to, seen) : null;
    if (way !== null) return [file, ...way];
  }
  return null;
}

/** Parts of other folders that do none either. */
const PURE_FOLDERS = ["src/report/article/"];

const isPure = (file: string) =>
  PURE.includes(partOf(file)) || PURE_FOLDERS.some((folder) => file.startsWith(folder));
const pureFiles = sources.filter(isPure);

describe("the import rule", () => {
  test("every folder has its place in the flow", () => {
    const known = [...FLOW.flat(), ...SHARED, "index.ts"];
    expect(
      [...new Set(imports.map((one) => partOf(one.from)))].filter((part) => !known.includes(part)),
    ).toEqual([]);
  });

  test("a folder imports only what stands upstream", () => {
    const against = imports.filter(
      (one) => one.isFile && !isAllowed(one) && !EXCEPTIONS.some(isException(one)),
    );
    expect(against.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  test("every exception is still needed", () => {
    expect(EXCEPTIONS.filter((exception) => !imports.some((one) => isException(one)(exception)))).toEqual([]);
  });

  test("axes, plan, stats, model, check and the article reach no input or output", () => {
    const ways = pureFiles.map((file) => wayToEffects(file)).filter((way) => way !== null);
    expect(ways.map((way) => way.join(" -> "))).toEqual([]);
  });

  test("axes, plan, stats, model, check and the article use no global that reads or writes", () => {
    expect(
      pureFiles.filter((file) => /\b(process|console|globalThis)\.|\bfetch\(/.test(codeOf(file))),
    ).toEqual([]);
  });
});
