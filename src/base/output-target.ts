/** What stands where the user wants a file: it decides whether it is replaced or written into. */
import { lstatSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

export type OutputTarget =
  /** Nothing or a regular file: a new file takes its place, so that nobody sees half of it. */
  | { kind: "replace"; path: string }
  /** A character device or a FIFO. */
  | { kind: "into"; path: string }
  /** `-`, `/dev/stdout`, `/dev/fd/63`, bash's `>(command)`: open in this process already. */
  | { kind: "descriptor"; descriptor: number }
  | { kind: "refused"; why: string };

/** As many links as the kernel follows: path_resolution(7). */
const MOST_LINKS = 40;

/** `-` stands for stdout, as everywhere. */
export function isStdout(named: string): boolean {
  return named === "-";
}

/** `-`, `/dev/stdout`, `/proc/self/fd/1`, and links to them. */
export function goesToStdout(named: string): boolean {
  try {
    const target = outputTarget(named);
    return target.kind === "descriptor" && target.descriptor === 1;
  } catch {
    // Whoever writes there says why that can't be.
    return false;
  }
}

/**
 * @param named a path as the user typed it; `-` is stdout
 * @throws as node:fs does where the path can't be looked at
 */
export function outputTarget(named: string): OutputTarget {
  if (isStdout(named)) return { kind: "descriptor", descriptor: 1 };
  if (named === "") return { kind: "refused", why: "The name is empty." };
  if (/\/\.{0,2}$/.test(named)) return { kind: "refused", why: "It names a folder, and a file is needed." };
  const path = throughLinks(resolve(named));
  if (typeof path === "number") return { kind: "descriptor", descriptor: path };
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || found.isFile()) return { kind: "replace", path };
  if (found.isDirectory()) return { kind: "refused", why: "It is a folder, and a file is needed." };
  if (found.isSocket()) return { kind: "refused", why: "It is a socket, which can't be opened like a file." };
  if (found.isBlockDevice())
    return { kind: "refused", why: "It is a disk (a block device), whose content would be destroyed." };
  return { kind: "into", path };
}

/** @returns where the links lead to, whether that exists or not; a number: a descriptor of this process */
function throughLinks(named: string): string | number {
  let path = named;
  for (let links = 0; links < MOST_LINKS; links += 1) {
    const descriptor = ownDescriptor(path);
    if (descriptor !== null) return descriptor;
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return path;
    path = resolve(realFolder(path), readlinkSync(path));
  }
  throw Object.assign(new Error(`too many symbolic links: ${named}`), { code: "ELOOP" });
}

/** `/dev/fd/63` -> 63: opening it anew would start a regular file from its beginning, and lose what is in it. */
function ownDescriptor(path: string): number | null {
  const name = basename(path);
  if (!/^\d+$/.test(name)) return null;
  const folder = realFolder(path);
  const own = realpathSync("/proc/self");
  return folder === join(own, "fd") || (folder.startsWith(`${own}/task/`) && folder.endsWith("/fd"))
    ? Number(name)
    : null;
}

function realFolder(path: string): string {
  try {
    return realpathSync(dirname(path));
  } catch {
    // It is made later, and so it has no links.
    return dirname(path);
  }
}
