/** Boots one emulated machine (QEMU TCG with AMD's SVM), runs steps in it and brings back what they left in /out. */
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { makeInitramfs } from "./initramfs.ts";
import type { GuestKernel, GuestParts } from "./parts.ts";

export type GuestOptions = {
  parts: GuestParts;
  kernel: GuestKernel;
  /** From `makeDisk`; the guest's writes to it are thrown away. */
  disk: string;
  /** For what belongs to this guest alone; made. */
  dir: string;
  cgroup: "v1" | "v2";
  /** Names of steps of `inside/steps.ts`, in their order. */
  steps: readonly string[];
  limitMs: number;
};

export type GuestOutcome = {
  /** Of the steps; null where the guest did not come that far. */
  status: number | null;
  timedOut: boolean;
  elapsedMs: number;
  /** Folder with what the steps left in /out. */
  out: string;
  /** What the steps said, and the kernel's console. */
  said: string;
  console: string;
};

/**
 * xsave=off: QEMU 7.2 does not intercept XSETBV in a nested guest, and gVisor's kernel then dies at its first
 * xrstor. la57=off: see docs/kvm.md.
 */
const CPU = "max,xsave=off,la57=off";
/**
 * One: with two, Node died of a signal or stopped in two of seven machines under QEMU's threaded emulation; with one
 * in none of fourteen. A machine takes an eighth longer, but two of them can run at a time.
 */
const PROCESSORS = 1;
const MEMORY_MIB = 3072;
/**
 * mitigations=off: what they cost is multiplied by the emulation. tsc=reliable: all emulated counters are one clock,
 * which the kernel can't know; without it every reading of the time leaves the emulated processor.
 */
const APPEND = "console=ttyS0 quiet panic=-1 mitigations=off nokaslr tsc=reliable random.trust_cpu=on";

export async function bootGuest(options: GuestOptions): Promise<GuestOutcome> {
  const { parts, kernel, dir } = options;
  mkdirSync(dir, { recursive: true });
  const initramfs = await makeInitramfs(parts, kernel, dir);
  const files = { said: join(dir, "said"), tar: join(dir, "out.tar"), console: join(dir, "console") };
  for (const file of Object.values(files)) writeFileSync(file, "");
  const startedAt = performance.now();
  const timedOut = await runQemu(parts.qemu, qemuArguments(options, initramfs, files), options.limitMs);
  const elapsedMs = performance.now() - startedAt;
  const out = join(dir, "out");
  mkdirSync(out, { recursive: true });
  await execa("tar", ["-C", out, "-xf", files.tar], { reject: false, timeout: 60_000 });
  return {
    status: readStatus(join(out, "status")),
    timedOut,
    elapsedMs,
    out,
    said: readFileSync(files.said, "utf8"),
    console: readFileSync(files.console, "utf8"),
  };
}

type Files = { said: string; tar: string; console: string };

function qemuArguments(options: GuestOptions, initramfs: string, files: Files): string[] {
  const { kernel, disk, cgroup, steps } = options;
  return [
    ["-accel", "tcg", "-machine", "q35", "-cpu", CPU],
    ["-smp", String(PROCESSORS), "-m", String(MEMORY_MIB)],
    ["-nodefaults", "-no-user-config", "-display", "none", "-no-reboot", "-serial", `file:${files.console}`],
    [
      "-kernel",
      kernel.image,
      "-initrd",
      initramfs,
      "-append",
      `${APPEND} cgroup=${cgroup} steps=${steps.join(",")}`,
    ],
    ["-drive", `file=${disk},format=raw,if=virtio,snapshot=on,cache=unsafe`],
    ["-device", "virtio-rng-pci", "-device", "virtio-serial-pci,max_ports=3"],
    ["-chardev", `file,id=said,path=${files.said}`, "-device", "virtserialport,chardev=said,nr=1"],
    ["-chardev", `file,id=out,path=${files.tar}`, "-device", "virtserialport,chardev=out,nr=2"],
  ].flat();
}

/** @returns whether it had to be killed */
function runQemu(qemu: string, args: string[], limitMs: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    // Dies with this process: a test that is interrupted leaves no machine behind.
    const child = spawn("setpriv", ["--pdeathsig", "KILL", "--", qemu, ...args], {
      stdio: ["ignore", "inherit", "inherit"],
    });
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill("SIGKILL");
    }, limitMs);
    child.on("error", reject);
    child.on("close", () => {
      clearTimeout(timer);
      resolve(timedOut);
    });
  });
}

function readStatus(file: string): number | null {
  try {
    return Number(readFileSync(file, "utf8").trim());
  } catch {
    return null;
  }
}
