import { mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { makeRootfs } from "../../src/workload/rootfs.ts";

const dir = mkdtempSync(join(tmpdir(), "sbx-rootfs-"));
beforeAll(() => {
  vi.stubEnv("XDG_CACHE_HOME", join(dir, "cache"));
  mkdirSync(join(dir, "cache"));
  for (const name of ["program", "true"]) writeFileSync(join(dir, name), name);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(dir, { recursive: true });
});

const rootfs = (mountPoints: string[] = [], links: Record<string, string> = {}) =>
  makeRootfs(join(dir, "program"), join(dir, "true"), { mountPoints, links });

test("mount points and links are where the program will look for them", async () => {
  const made = await rootfs(["/usr", "/srv/deep/data"], { "/bin": "/usr/bin", "/home/me/link": "/srv/deep" });
  expect(statSync(join(made, "srv/deep/data")).isDirectory()).toBe(true);
  expect(readlinkSync(join(made, "bin"))).toBe("/usr/bin");
  expect(readlinkSync(join(made, "home/me/link"))).toBe("/srv/deep");
});

test("other mount points make another root, the same ones the same", async () => {
  expect(await rootfs(["/usr", "/opt"])).toBe(await rootfs(["/opt", "/usr"]));
  expect(await rootfs(["/usr"])).not.toBe(await rootfs(["/opt"]));
  expect(await rootfs()).not.toBe(await rootfs(["/opt"]));
});

test("a program that was built anew is the one inside", async () => {
  const made = await rootfs();
  writeFileSync(join(made, "scenario"), "cut o");
  expect(await rootfs()).toBe(made);
  expect(readFileSync(join(made, "scenario"), "utf8")).toBe("program");
});
