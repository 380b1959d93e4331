/** The guest's disk: this checkout, Node, the tools and the built Go programs, in an ext4 image. */
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { execa } from "execa";
import { findTools, type Tools } from "../../src/probe/tools.ts";
import { buildHelper, buildScenario, buildTrue } from "../../src/workload/programs.ts";
import { ROOT } from "../e2e/lab.ts";
import type { GuestParts } from "./parts.ts";
import { GUEST } from "./places.ts";

const SCENARIOS = ["startup", "syscalls", "goroutines"];
const FIXTURES = join(import.meta.dirname, "fixtures/scenarios");
/** What a run needs of the checkout. */
const CHECKOUT = ["package.json", "bin", "setup", "src", "scenarios", "test/e2e", "test/guest"];
/** From util-linux and the kernel's other companions; the rest of the commands is busybox's. */
const COMMANDS = ["sh", "mount", "umount", "unshare", "setpriv", "nsenter"];
const PROFILE = "/usr/share/containers/seccomp.json";
const FREE_BYTES = 512 * 2 ** 20;

/** @returns path of the image, in `dir` */
export async function makeDisk(parts: GuestParts, dir: string): Promise<string> {
  const root = join(dir, "disk");
  for (const name of ["proc", "sys", "dev", "run", "tmp", "out", "sbin", "bin", "usr/bin", "etc", "root"]) {
    mkdirSync(join(root, name), { recursive: true });
  }
  const tools = await findTools();
  await copyCheckout(root);
  await copyPrograms(root);
  await copyTools(root, tools);
  addBusybox(root, parts.busybox);
  addUsers(root);
  copyFileSync(join(import.meta.dirname, "inside/init.sh"), join(root, "sbin/guest-init"));
  chmodSync(join(root, "sbin/guest-init"), 0o755);
  return pack(parts, root, join(dir, "disk.img"));
}

async function copyCheckout(root: string): Promise<void> {
  const checkout = join(root, GUEST.checkout);
  const packages = installedPackages();
  for (const name of [...CHECKOUT, ...packages])
    cpSync(join(ROOT, name), join(checkout, name), { recursive: true });
  for (const name of packages) {
    const files = readdirSync(join(ROOT, name), { recursive: true, encoding: "utf8" });
    for (const addon of files.filter((file) => /\.(node|so)$/.test(file)))
      await copyLibraries(root, join(ROOT, name, addon));
  }
}

/** What a user's installation has: no development packages. */
function installedPackages(): string[] {
  const lock = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as {
    packages: Record<string, { dev?: boolean }>;
  };
  return Object.entries(lock.packages).flatMap(([name, { dev }]) =>
    name !== "" && dev !== true && existsSync(join(ROOT, name)) ? [name] : [],
  );
}

/** Found there by their content, as after a build in the guest. */
async function copyPrograms(root: string): Promise<void> {
  const build = join(root, GUEST.cache, "sbx-bench/build");
  mkdirSync(build, { recursive: true });
  const programs = [
    ...(await Promise.all(SCENARIOS.map((name) => buildScenario(join(ROOT, "scenarios", name))))),
    await buildScenario(join(FIXTURES, "limited")),
    await buildTrue(),
    await buildHelper("sbx-launch"),
    await buildHelper("sbx-netns"),
    await buildHelper("sbx-kvm-caps"),
  ];
  for (const program of programs) copyFileSync(program, join(build, basename(program)));
}

async function copyTools(root: string, tools: Tools): Promise<void> {
  const runsc = join(root, GUEST.cache, "sbx-bench/tools/runsc/current");
  mkdirSync(runsc, { recursive: true });
  copyFileSync(tools.runsc.path ?? "", join(runsc, "runsc"));
  await copyWithLibraries(root, process.execPath, "/usr/bin/node");
  for (const name of ["runc", "ip"] as const)
    await copyWithLibraries(root, tools[name].path ?? "", `/usr/bin/${name}`);
  // The doctor tries every sandbox; the runs have those that KVM or the cgroup version could change.
  for (const name of ["crun", "bwrap", ...COMMANDS])
    await copyWithLibraries(root, await which(name), `/usr/bin/${name}`);
  mkdirSync(join(root, dirname(PROFILE)), { recursive: true });
  copyFileSync(PROFILE, join(root, PROFILE));
  await copyGo(root, tools.go.path ?? "");
}

/** Nothing is built in the guest, but `go version` is part of the name under which a program is found. */
async function copyGo(root: string, go: string): Promise<void> {
  const { stdout: goRoot } = await execa(go, ["env", "GOROOT"], { timeout: 10_000 });
  mkdirSync(join(root, "usr/local/go/bin"), { recursive: true });
  copyFileSync(join(goRoot, "bin/go"), join(root, "usr/local/go/bin/go"));
  copyFileSync(join(goRoot, "VERSION"), join(root, "usr/local/go/VERSION"));
}

async function which(name: string): Promise<string> {
  const { stdout } = await execa("/bin/sh", ["-c", `command -v ${name}`], {
    env: { PATH: `${process.env.PATH}:/usr/sbin:/sbin` },
  });
  return stdout.trim();
}

async function copyWithLibraries(root: string, from: string, to: string): Promise<void> {
  mkdirSync(join(root, dirname(to)), { recursive: true });
  copyFileSync(realpathSync(from), join(root, to));
  await copyLibraries(root, from);
}

async function copyLibraries(root: string, program: string): Promise<void> {
  // ldd fails for a static program, which needs nothing else.
  const { stdout } = await execa("ldd", [program], { reject: false, timeout: 10_000 });
  for (const [, library] of stdout.matchAll(/(\/\S+) \(0x/g)) {
    if (library === undefined || existsSync(join(root, library))) continue;
    mkdirSync(join(root, dirname(library)), { recursive: true });
    copyFileSync(realpathSync(library), join(root, library));
  }
}

function addBusybox(root: string, busybox: string): void {
  copyFileSync(busybox, join(root, "bin/busybox"));
  for (const name of [
    "ls",
    "cat",
    "mkdir",
    "tar",
    "chmod",
    "chown",
    "sleep",
    "poweroff",
    "hostname",
    "insmod",
    "env",
    "true",
    "head",
    "grep",
    "rm",
    "dmesg",
  ]) {
    symlinkSync("busybox", join(root, "bin", name));
  }
  symlinkSync("../usr/bin/sh", join(root, "bin/sh"));
}

function addUsers(root: string): void {
  const { home, uid } = GUEST;
  const passwd = [
    "root:x:0:0:root:/root:/bin/sh",
    `user:x:${uid}:${uid}:user:${home}:/bin/sh`,
    "nobody:x:65534:65534:nobody:/:/bin/false",
  ];
  writeFileSync(join(root, "etc/passwd"), `${passwd.join("\n")}\n`);
  writeFileSync(join(root, "etc/group"), `root:x:0:\nkvm:x:103:user\nuser:x:${uid}:\nnogroup:x:65534:\n`);
  writeFileSync(join(root, "etc/hosts"), "127.0.0.1 localhost guest\n");
}

/** `mke2fs -d` fills the image without a mount, so no root is needed. */
async function pack(parts: GuestParts, root: string, image: string): Promise<string> {
  const bytes = sizeOf(root) * 1.15 + FREE_BYTES;
  await execa(
    parts.mke2fs,
    [
      "-q",
      "-t",
      "ext4",
      "-d",
      root,
      "-E",
      "root_owner=0:0,lazy_itable_init=0",
      "-O",
      "^has_journal",
      "-m",
      "0",
      image,
      `${Math.ceil(bytes / 2 ** 20)}M`,
    ],
    { stdin: "ignore", timeout: 120_000 },
  );
  rmSync(root, { recursive: true });
  return image;
}

function sizeOf(dir: string): number {
  return readdirSync(dir, { recursive: true, withFileTypes: true }).reduce((sum, entry) => {
    const bytes = entry.isFile() ? lstatSync(join(entry.parentPath, entry.name)).size : 0;
    return sum + 4096 * (1 + Math.ceil(bytes / 4096));
  }, 0);
}
