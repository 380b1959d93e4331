import { describe, expect, test } from "vitest";
import { MOST_ISOLATED_FIRST, SANDBOX_FACTS } from "../../src/axes/sandbox.ts";
import { codeOf, sources } from "./imports.ts";

/** runsc has rooms of its own (its binaries, flags and platforms); who means gVisor asks the facts. */
const NAMES = MOST_ISOLATED_FIRST.filter((name) => name !== "runsc");

/** A sandbox is its facts, its driver, and a line in each registry. */
const HOMES = [
  /^src\/axes\/sandboxes\//,
  new RegExp(`^src/sandbox/(${NAMES.join("|")})\\.ts$`),
  /^src\/axes\/sandbox\.ts$/,
  /^src\/sandbox\/drivers\.ts$/,
];

/** Files that may name one all the same, each for a reason. */
const EXCEPTIONS: Record<string, string> = {
  "src/axes/sandbox-facts.ts": "the dialect of filters that is runc's",
  "src/sandbox/seccomp/refusals.ts": "the dialect of filters that is runc's",
  "src/seccomp/lint/dialects.ts": "what crun alone refuses",
  "src/use-cases/seccomp/lint.ts": "the program runc is asked for its features",
  "src/config/defaults.ts": "the preset `article` measures the cells that the article speaks of",
  "src/probe/tool-options.ts": "options of the commands that the article shows",
  "src/report/article/claims/cells.ts": "the article's cells",
  "src/report/article/claims/trap-and-filter.ts": "the article's cells",
  "src/run/environment/null-netns.ts": "the program unshare(1)",
  "src/sandbox/envelope.ts": "the program unshare(1)",
};

/** The name as a text of its own, or as a part of an id or a glob: `unshare/net=none`, `{unshare,runc}/*`. */
const ANY = NAMES.join("|");
const NAMED = new RegExp(`["'\`](?:${ANY})["'\`/@]|\\{(?:[^"'\`\\n}]*,)?(?:${ANY})[,}][^\\n]*::`);

const naming = sources.filter((file) => NAMED.test(codeOf(file)));

describe("a new sandbox", () => {
  test("is named in its own files and in two registries, and nowhere else", () => {
    const elsewhere = naming.filter((file) => !HOMES.some((home) => home.test(file)));
    expect(elsewhere.filter((file) => EXCEPTIONS[file] === undefined)).toEqual([]);
  });

  test("no exception is left that is no longer needed", () => {
    expect(Object.keys(EXCEPTIONS).filter((file) => !naming.includes(file))).toEqual([]);
  });

  test.each(SANDBOX_FACTS.map(({ name }) => name))("%s has one file of facts and one driver", (name) => {
    expect(sources).toContain(`src/axes/sandboxes/${name}.ts`);
    expect(sources).toContain(`src/sandbox/${name}.ts`);
  });
});
