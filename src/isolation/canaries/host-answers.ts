/** What only the host could have told a probe: read by the harness itself, and salted, so that no log holds it. */
import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, readSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const DISK_BYTES = 4096;
/** The first line has it; the whole file takes 50 ms. */
const SYMBOL = /^([0-9a-f]+) \S _text$/m;

/** The block device below a folder; 0:0 where its file system is on none (overlay, tmpfs, btrfs). */
export function diskBelow(dir: string): { major: number; minor: number } {
  const device = statSync(dir).dev;
  // makedev(3): the kernel's dev_t as glibc splits it.
  return {
    major: ((device / 2 ** 32) & 0xfffff000) | ((device >>> 8) & 0xfff),
    minor: (Math.floor(device / 2 ** 12) & 0xffffff00) | (device & 0xff),
  };
}

/** @returns null where it can't be read */
export function diskAnswer({ major, minor }: { major: number; minor: number }, nonce: string): string | null {
  if (major === 0) return null;
  try {
    const uevent = readFileSync(`/sys/dev/block/${major}:${minor}/uevent`, "utf8");
    const name = /^DEVNAME=(\S+)$/m.exec(uevent)?.[1];
    if (name === undefined) return null;
    const fd = openSync(join("/dev", name), "r");
    try {
      const start = Buffer.alloc(DISK_BYTES);
      return readSync(fd, start, 0, DISK_BYTES, 0) === DISK_BYTES ? salted(nonce, start) : null;
    } finally {
      closeSync(fd);
    }
  } catch {
    return null;
  }
}

export function symbolsAnswer(nonce: string): string | null {
  try {
    const address = SYMBOL.exec(readFileSync("/proc/kallsyms", "latin1"))?.[1];
    if (address === undefined || /^0+$/.test(address)) return null;
    return salted(nonce, Buffer.from(address));
  } catch {
    return null;
  }
}

/** @returns false where the log takes nothing from this user */
export function writeLog(nonce: string, secret: string): boolean {
  try {
    writeFileSync("/dev/kmsg", `<6>sbx-bench canary ${nonce} ${secret}\n`);
    return true;
  } catch {
    return false;
  }
}

function salted(nonce: string, bytes: Uint8Array): string {
  return createHash("sha256").update(nonce).update(bytes).digest("hex");
}
