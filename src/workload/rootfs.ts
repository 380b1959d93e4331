/** The file system that a sandboxed scenario sees: the program, `/true`, and empty mount points. */

import { createHash } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { chmod, copyFile, mkdir, readFile, realpath, rename, rm, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { cacheDir } from "../base/cache-folder.ts";
import { makeCacheDir } from "../base/make-cache-dir.ts";

/** Part of the cache's key: raise it when the layout changes. */
const LAYOUT = 2;
/** Mount points of every rootfs. `/data` stays on the root file system and holds `data-4m`. */
const FOLDERS = ["data", "bind", "scratch", "tmp", "proc", "sys", "dev", "etc", ".old"];
const DATA_BYTES = 4 * 1024 * 1024;

/** What a rootfs has beyond the usual. Paths are absolute, as the program sees them. */
export type RootfsExtras = {
  /** Empty folders, for bind mounts. */
  mountPoints: readonly string[];
  /** Symbolic links: path -> what it points to. */
  links: Readonly<Record<string, string>>;
  /** Files: path -> the host's file that it is a copy of. */
  files?: Readonly<Record<string, string>>;
};

/**
 * Made once per program content and extras, and then shared read-only by all its launches.
 * @returns absolute path of the folder, without symbolic links: runc and runsc refuse a root that has one
 */
export async function makeRootfs(
  program: string,
  trueProgram: string,
  extras: RootfsExtras = { mountPoints: [], links: {} },
): Promise<string> {
  const dir = cacheDir("rootfs", `${basename(program)}-${basename(trueProgram)}-${layoutOf(extras)}`);
  if (await holds(dir, program, trueProgram)) return realpath(dir);
  makeCacheDir("rootfs");
  await rm(dir, { recursive: true, force: true });
  const temporary = `${dir}.${process.pid}.tmp`;
  await rm(temporary, { recursive: true, force: true });
  for (const folder of FOLDERS) await mkdir(join(temporary, folder), { recursive: true });
  // runc gives a tmpfs the mode of the folder below it, whatever the mount's options say.
  for (const folder of ["tmp", "scratch"]) await chmod(join(temporary, folder), 0o1777);
  await copyFile(program, join(temporary, "scenario"));
  await copyFile(trueProgram, join(temporary, "true"));
  await writeFile(join(temporary, "etc", "passwd"), "root:x:0:0:root:/:/true\n");
  await writeFile(join(temporary, "data", "data-4m"), dataBytes());
  for (const path of extras.mountPoints) await mkdir(join(temporary, path), { recursive: true });
  for (const [path, target] of Object.entries(extras.links)) {
    await mkdir(join(temporary, dirname(path)), { recursive: true });
    await symlink(target, join(temporary, path));
  }
  for (const [path, source] of Object.entries(extras.files ?? {})) {
    await mkdir(join(temporary, dirname(path)), { recursive: true });
    await copyFile(source, join(temporary, path));
  }
  try {
    await rename(temporary, dir);
  } catch (error) {
    // Another process was faster; its folder has the same content.
    if (!existsSync(dir)) throw error;
    await rm(temporary, { recursive: true, force: true });
  }
  return realpath(dir);
}

/** A program that was built anew under the same name is not the one in the folder. */
async function holds(dir: string, program: string, trueProgram: string): Promise<boolean> {
  const isCopy = async (copy: string, of: string) =>
    existsSync(copy) && (await readFile(copy)).equals(await readFile(of));
  return (await isCopy(join(dir, "scenario"), program)) && isCopy(join(dir, "true"), trueProgram);
}

function layoutOf({ mountPoints, links, files = {} }: RootfsExtras): string {
  const copies = Object.entries(files).map(([path, source]) => {
    const { size, mtimeMs } = statSync(source);
    return [path, source, size, mtimeMs];
  });
  const isUsual = [mountPoints, Object.keys(links), copies].every(({ length }) => length === 0);
  if (isUsual) return String(LAYOUT);
  const extras = JSON.stringify([
    [...mountPoints].sort(),
    Object.entries(links).sort(),
    ...(copies.length === 0 ? [] : [copies.sort()]),
  ]);
  return `${LAYOUT}-${createHash("sha256").update(extras).digest("hex").slice(0, 16)}`;
}

/** Not compressible to nothing and not sparse, so that reading it means reading it. */
function dataBytes(): Uint8Array {
  const bytes = new Uint8Array(DATA_BYTES);
  let state = 0x9e3779b9;
  for (let index = 0; index < bytes.length; index += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[index] = state >>> 24;
  }
  return bytes;
}
