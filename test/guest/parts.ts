/** What an emulated machine is made of, and where `setup.sh --with-tests` put it. */
import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { cacheFolder } from "../../src/base/cache-folder.ts";

export type GuestKernel = {
  /** `6.1.0-56-cloud-amd64` */
  release: string;
  image: string;
  /** Holds `kvm.ko` and the other modules that the guest loads. */
  modules: string;
};

export type GuestParts = {
  qemu: string;
  mke2fs: string;
  busybox: string;
  /** Oldest first. */
  kernels: GuestKernel[];
};

/** @returns the parts, or a sentence that says what is missing */
export function findParts(): GuestParts | string {
  const guest = join(cacheFolder(), "tools", "guest", "current");
  const busybox = join(guest, "busybox");
  const qemu = inPath("qemu-system-x86_64");
  const mke2fs = inPath("mke2fs");
  const missing = Object.entries({
    "qemu-system-x86_64": qemu,
    mke2fs,
    "the guest's kernel": existsSync(busybox) ? busybox : null,
  }).flatMap(([name, path]) => (path === null ? [name] : []));
  if (qemu === null || mke2fs === null || missing.length > 0) {
    return `missing: ${missing.join(", ")} (./setup.sh --with-tests)`;
  }
  const kernels = readdirSync(join(guest, "kernels"))
    .toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }))
    .map((release) => {
      const dir = join(guest, "kernels", release);
      return { release, image: join(dir, "vmlinuz"), modules: join(dir, "modules") };
    });
  return { qemu, mke2fs, busybox, kernels };
}

/** sbin is not in every user's PATH. */
function inPath(name: string): string | null {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/sbin"];
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file)) ?? null;
}
