import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  baselineNames,
  findBaselines,
  loadBaseline,
  readBaseline,
  removeBaseline,
  saveBaseline,
} from "../../../src/store/baseline/baselines.ts";
import { failedLaunch, RUNSC } from "../../stats/records.ts";
import { folders, getpidLaunch, stored, twoCells } from "../stored.ts";

const at = folders();

function host(id: string, fields: Record<string, string>) {
  return { id, fields };
}

function save(
  name: string,
  fingerprint = host("f00d", { "cpu.model": "any" }),
  level = 100,
  force = false,
): string {
  return saveBaseline(
    name,
    stored(twoCells({ fingerprint }), [getpidLaunch(0, level)]),
    at().baselines,
    force,
  );
}

describe("saving", () => {
  test("keeps a run under its name and fingerprint, with nothing left beside it", () => {
    const file = save("main");
    expect(file).toBe(join(at().baselines, "main", "f00d.ndjson"));
    expect(readdirSync(dirname(file))).toEqual(["f00d.ndjson"]);
    expect(readBaseline(file)).toMatchObject({
      kind: "baseline",
      label: "main",
      manifest: { runId: "run-1" },
    });
  });

  test("with a byte order mark it is read as without", () => {
    const file = save("main");
    writeFileSync(file, `\uFEFF${readFileSync(file, "utf8")}`);
    expect(readBaseline(file).manifest.runId).toBe("run-1");
  });

  test("keeps what was in the run's filters", () => {
    const filters = { "profiles/strict.json": "ab".repeat(32), "generated::syscalls": "cd".repeat(32) };
    const file = saveBaseline(
      "main",
      stored(twoCells({ filters }), [getpidLaunch(0, 100)]),
      at().baselines,
      false,
    );
    expect(readBaseline(file).manifest.filters).toEqual(filters);
  });

  test("does not overwrite other figures without force", () => {
    const file = save("main");
    const before = readFileSync(file, "utf8");
    expect(save("main")).toBe(file);
    expect(() => save("main", undefined, 200)).toThrow(expect.objectContaining({ exitCode: 2 }));
    expect(readFileSync(file, "utf8")).toBe(before);
    save("main", undefined, 200, true);
    expect(readFileSync(file, "utf8")).not.toBe(before);
  });

  test.each(["../main", "", ".hidden", "a/b", "-x"])("refuses %j as a name", (name) => {
    expect(() => save(name)).toThrow(expect.objectContaining({ exitCode: 2 }));
    expect(existsSync(at().baselines)).toBe(false);
  });

  test("refuses a run without launches, and one in which all failed, also with force", () => {
    const empty = stored(twoCells(), []);
    const failed = stored(twoCells(), [failedLaunch(RUNSC, 0, "it crashed")]);
    expect(() => saveBaseline("main", empty, at().baselines, true)).toThrow(/no launches/);
    expect(() => saveBaseline("main", failed, at().baselines, true)).toThrow(/All of its 1 launches failed/);
  });

  test("takes a run that was interrupted only with force", () => {
    const run = stored(twoCells({ endedAt: null }), [getpidLaunch(0, 100)]);
    expect(() => saveBaseline("main", run, at().baselines, false)).toThrow(/not finished/);
    expect(saveBaseline("main", run, at().baselines, true)).toContain("main");
  });
});

describe("loading", () => {
  const near = host("beef", { "cpu.model": "any", kernel: "6" });
  const far = host("cafe", { "cpu.model": "other", kernel: "5" });

  test("picks the fingerprint of the host among those of one name", () => {
    for (const one of [near, far]) save("main", one);
    const found = loadBaseline("main", at().baselines, far);
    expect(found.manifest.fingerprint.id).toBe("cafe");
    expect(found.unlike).toEqual([]);
  });

  test("falls back to the nearest host and names the fields that differ", () => {
    for (const one of [near, far]) save("main", one);
    const found = loadBaseline("main", at().baselines, host("d00d", { "cpu.model": "any", kernel: "7" }));
    expect(found.manifest.fingerprint.id).toBe("beef");
    expect(found.unlike).toEqual([{ field: "kernel", a: "6", b: "7" }]);
  });

  test("answers an unknown name with the nearest one", () => {
    save("main");
    expect(() => loadBaseline("mian", at().baselines, near)).toThrow(/Did you mean "main"/);
    expect(() => loadBaseline("x", join(at().out, "none"), near)).toThrow(/holds no baselines/);
  });
});

describe("the folder", () => {
  test("lists names that hold a baseline, and no other folder", () => {
    save("main");
    save("v1");
    writeFileSync(join(at().baselines, "README.md"), "");
    expect(baselineNames(at().baselines)).toEqual(["main", "v1"]);
    expect(baselineNames(join(at().out, "none"))).toEqual([]);
  });

  test("loses one fingerprint or the whole name", () => {
    save("main", host("beef", {}));
    save("main", host("cafe", {}));
    expect(removeBaseline("main", at().baselines, "be")).toHaveLength(1);
    expect(findBaselines("main", at().baselines, null)).toHaveLength(1);
    expect(() => removeBaseline("main", at().baselines, "0")).toThrow(/has no fingerprint 0/);
    removeBaseline("main", at().baselines, null);
    expect(existsSync(join(at().baselines, "main"))).toBe(false);
  });
});

describe("what is no baseline's place", () => {
  test("a name longer than a folder's can be is refused", () => {
    expect(() => save("é".repeat(127))).not.toThrow();
    expect(() => save("é".repeat(128))).toThrow(/can't be the name of a baseline: It has 256 bytes/);
    expect(() => loadBaseline("x".repeat(300), at().baselines, host("beef", {}))).toThrow(
      "There is no baseline",
    );
  });

  test("a file where the folder of a name is to be is no baseline, and saving says so", () => {
    mkdirSync(at().baselines, { recursive: true });
    writeFileSync(join(at().baselines, "main"), "");
    expect(baselineNames(at().baselines)).toEqual([]);
    expect(() => save("main")).toThrow(/can't be written to .*main: A file stands where a folder is needed/);
    expect(baselineNames(join(at().baselines, "main"))).toEqual([]);
  });

  test("a folder or FIFO in the place of its file is refused, and does not hang", () => {
    mkdirSync(join(at().baselines, "odd/beef.ndjson"), { recursive: true });
    expect(() => loadBaseline("odd", at().baselines, null)).toThrow("It is a folder");
    rmSync(join(at().baselines, "odd/beef.ndjson"), { recursive: true });
    execFileSync("mkfifo", [join(at().baselines, "odd/beef.ndjson")]);
    expect(() => loadBaseline("odd", at().baselines, null)).toThrow("It is a FIFO");
  });
});
