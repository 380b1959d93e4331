import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { ROOT } from "../house/checkout.ts";

const BASICS =
  "awk cat chmod cmp cp date dirname env find flock grep head id ln mkdir mktemp mv readlink rm sed sh sort tail uname".split(
    " ",
  );

/** Stand-ins for what setup looks for: they only have to be there. */
const PACKAGES = [
  ...["runc", "crun", "bwrap", "unshare", "ip", "gcc", "pkg-config", "strace"],
  ...["chromium", "shellcheck", "qemu-system-x86_64", "mke2fs", "perf"],
];

/**
 * A host on which everything is set up, made of a copy of the scripts and of stand-ins for the tools.
 * npm and apt-get write down that they were called, and fail: nothing reaches the network.
 */
export class PretendHost {
  readonly folder = mkdtempSync(join(tmpdir(), "sbx-bench-setup-"));
  readonly checkout = join(this.folder, "checkout");
  readonly tools = join(this.folder, "home/.cache/sbx-bench/tools");
  readonly #commands = join(this.folder, "bin");
  readonly #calls = join(this.folder, "calls");

  constructor() {
    for (const path of ["setup.sh", "setup", "bin", "package-lock.json"]) {
      cpSync(join(ROOT, path), join(this.checkout, path), { recursive: true });
    }
    this.write("checkout/node_modules/.sbx-bench-package-lock.json", "");
    copyFileSync(
      join(ROOT, "package-lock.json"),
      join(this.checkout, "node_modules/.sbx-bench-package-lock.json"),
    );
    mkdirSync(this.#commands);
    for (const name of BASICS) symlinkSync(whereIs(name), join(this.#commands, name));
    for (const name of PACKAGES) this.command(name, "exit 0");
    for (const name of ["npm", "apt-get"]) this.command(name, `echo "${name} $*" >>"${this.#calls}"; exit 1`);
    this.command("node", "echo v24.21.0");
    this.command("go", "echo go version go1.26.8 linux/amd64");
    this.write(`home/.cache/sbx-bench/tools/runsc/${pinned("RUNSC_VERSION")}/runsc`, "#!/bin/sh\n", 0o755);
    symlinkSync(pinned("RUNSC_VERSION"), join(this.tools, "runsc/current"));
    this.write("home/.cache/sbx-bench/tools/guest/current/busybox", "#!/bin/sh\n", 0o755);
  }

  /** Puts a shell script into PATH, in place of what is there. */
  command(name: string, script: string): void {
    this.remove(`bin/${name}`);
    this.write(`bin/${name}`, `#!/bin/sh\n${script}\n`, 0o755);
  }

  /** Takes a file or folder away, relative to the host's folder: `bin/strace`. */
  remove(path: string): void {
    rmSync(join(this.folder, path), { recursive: true, force: true });
  }

  write(path: string, text: string, mode = 0o644): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
    chmodSync(join(this.folder, path), mode);
  }

  /** Runs a command of the checkout; only the pretended tools are in PATH. */
  run(command: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } {
    return this.runWith({}, command, ...args);
  }

  /** As `run`, with more variables, or others. */
  runWith(variables: Readonly<Record<string, string>>, command: string, ...args: string[]) {
    const env = { HOME: join(this.folder, "home"), PATH: this.#commands, ...variables };
    return spawnSync(resolve(this.checkout, command), args, {
      env,
      cwd: this.folder,
      encoding: "utf8",
      timeout: 15_000,
    });
  }

  /** The calls of npm and apt-get so far. */
  get calls(): string[] {
    return existsSync(this.#calls) ? readFileSync(this.#calls, "utf8").trim().split("\n") : [];
  }
}

/** A pin of setup/versions.sh. */
export function pinned(name: string): string {
  return readFileSync(join(ROOT, "setup/versions.sh"), "utf8").match(new RegExp(`^${name}=(.*)$`, "m"))![1]!;
}

function whereIs(command: string): string {
  return execFileSync("sh", ["-c", `command -v ${command}`], { encoding: "utf8" }).trim();
}
