/** The guest's first file system: loads modules, mounts the disk and goes over to it. */
import { chmodSync, copyFileSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import type { GuestKernel, GuestParts } from "./parts.ts";

/** In load order; what a kernel has built in is no file and is passed over. */
const MODULES = [
  "virtio_ring",
  "virtio",
  "virtio_pci_legacy_dev",
  "virtio_pci_modern_dev",
  "virtio_pci",
  "virtio_blk",
  "virtio_console",
  "rng-core",
  "virtio-rng",
  "veth",
  "irqbypass",
  "kvm",
  // Debian 13 on: kvm-amd stands on the driver of the processor's security module.
  "ccp",
  "kvm-amd",
];

/** kvm: polling would take one of the two emulated processors from whoever does the work. */
const OPTIONS: Record<string, string> = { kvm: "halt_poll_ns=0" };

/** @returns path of the archive, in `dir` */
export async function makeInitramfs(parts: GuestParts, kernel: GuestKernel, dir: string): Promise<string> {
  const root = join(dir, "initramfs");
  for (const name of ["bin", "modules", "proc", "sys", "dev", "new"])
    mkdirSync(join(root, name), { recursive: true });
  copyFileSync(parts.busybox, join(root, "bin/busybox"));
  for (const applet of ["sh", "mount", "insmod", "switch_root", "sleep"])
    symlinkSync("busybox", join(root, "bin", applet));
  const modules = MODULES.filter((name) => existsSync(join(kernel.modules, `${name}.ko`)));
  for (const name of modules)
    copyFileSync(join(kernel.modules, `${name}.ko`), join(root, "modules", `${name}.ko`));
  writeFileSync(join(root, "init"), initScript(modules));
  chmodSync(join(root, "init"), 0o755);
  const archive = join(dir, `initramfs-${kernel.release}`);
  await execa("/bin/sh", ["-c", 'find . | "$1" cpio -o -H newc >"$2"', "sh", parts.busybox, archive], {
    cwd: root,
    stdin: "ignore",
    timeout: 60_000,
  });
  return archive;
}

function initScript(modules: readonly string[]): string {
  return `#!/bin/sh
export PATH=/bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
${modules.map((name) => `insmod /modules/${name}.ko ${OPTIONS[name] ?? ""}`).join("\n")}
while [ ! -b /dev/vda ]; do sleep 0.05; done
mount -t ext4 /dev/vda /new
for d in proc sys dev; do mount --move /$d /new/$d; done
exec switch_root /new /sbin/guest-init
`;
}
