import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { SbxError } from "../../../src/base/errors.ts";
import { copyWork, hostFolders } from "../../../src/run/environment/host-folders.ts";
import type { ScenarioDefinition } from "../../../src/workload/define-scenario.ts";

const root = realpathSync(mkdtempSync(join(tmpdir(), "sbx-folders-")));
afterAll(() => rmSync(root, { recursive: true }));
for (const folder of ["a/inner", "b", "work/deep"]) mkdirSync(join(root, folder), { recursive: true });
symlinkSync("a", join(root, "link"));
writeFileSync(join(root, "work/deep/input"), "text", { mode: 0o600 });
writeFileSync(join(root, "work/run.sh"), "#!/bin/sh\n", { mode: 0o700 });
chmodSync(join(root, "work/deep"), 0o700);

const folders = (params: { binds?: string[]; work?: string }, hostPrograms = true) =>
  hostFolders({ as: "mine", definition: { hostPrograms } as ScenarioDefinition, params });

function refusal(params: { binds?: string[]; work?: string }): string {
  try {
    folders(params);
  } catch (error) {
    if (error instanceof SbxError) return `${error.what}: ${error.why}`;
    throw error;
  }
  return expect.unreachable();
}

describe("binds", () => {
  test("a folder is read-only unless it says rw", () => {
    const { binds } = folders({ binds: [join(root, "a"), `${join(root, "b")}:rw`] });
    expect(binds).toEqual([
      { path: join(root, "a"), readOnly: true },
      { path: join(root, "b"), readOnly: false },
    ]);
  });

  test("a symbolic link becomes a link in the root file system to what is bound", () => {
    const found = folders({ binds: [join(root, "link")] });
    expect(found.binds.map(({ path }) => path)).toEqual([join(root, "a")]);
    expect(found.links).toEqual({ [join(root, "link")]: join(root, "a") });
  });

  test("what lies in a bound folder is not bound again, unless it is writable", () => {
    const paths = (binds: string[]) => folders({ binds }).binds.map(({ path }) => path);
    expect(paths([join(root, "a/inner"), join(root, "a")])).toEqual([join(root, "a")]);
    expect(paths([`${join(root, "a/inner")}:rw`, join(root, "a")])).toEqual([
      join(root, "a"),
      join(root, "a/inner"),
    ]);
  });

  test("system is where this host keeps programs and libraries", () => {
    const { binds, links } = folders({ binds: ["system"] });
    expect(binds).toContainEqual({ path: "/usr", readOnly: true });
    expect(binds).toContainEqual({ path: "/etc", readOnly: true });
    const places = [...binds.map(({ path }) => path), ...Object.keys(links)];
    expect(places).toContain("/bin");
  });

  test("mount points on the sandbox's own tmpfs are not asked of the root file system", () => {
    const { mountPoints } = folders({ binds: ["/usr", root] });
    expect(mountPoints).toEqual(root.startsWith("/tmp/") ? ["/usr"] : ["/usr", root].sort());
  });

  test.each(["/", "/proc", "/dev/shm", "/tmp"])("the sandbox's own %s is refused", (path) => {
    expect(refusal({ binds: [path] })).toMatch(/Every sandbox has a folder of its own there/);
  });

  test("a missing folder, a file and a relative path are each named", () => {
    expect(refusal({ binds: [join(root, "gone")] })).toBe(
      `Scenario "mine" can't get the folder ${join(root, "gone")}: It does not exist.`,
    );
    expect(refusal({ binds: [join(root, "work/run.sh")] })).toMatch(/is no folder/);
    expect(refusal({ work: "work" })).toMatch(/is no absolute path/);
  });
});

test("a scenario that runs no programs of the host gets nothing of it", () => {
  expect(folders({ binds: ["system"] }, false)).toMatchObject({ binds: [], mountPoints: [], work: null });
});

test("the copy of the work folder can be written by any user, and programs in it stay programs", async () => {
  const copy = join(root, "copy");
  mkdirSync(copy);
  await copyWork(join(root, "work"), copy);
  const mode = (path: string) => statSync(join(copy, path)).mode & 0o777;
  expect([mode("deep"), mode("deep/input"), mode("run.sh")]).toEqual([0o777, 0o666, 0o777]);
});
