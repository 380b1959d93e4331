/** The smallest OCI bundle there is: one static program on a read-only root. */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type TrialBundle = {
  /** Holds `config.json` and `rootfs/`. */
  bundleDir: string;
  /** For the runtime's own state; empty. */
  stateDir: string;
  /** The trial program as the host sees it. */
  programPath: string;
  /** Unique on this host; used as container id and as the name of the container's cgroup. */
  id: string;
  remove(): void;
};

/**
 * @param parentDir made where it is missing; the system's temp folder where it can't be
 * @param trueBinary a static program that exits with 0; `null` = a built-in one of 129 bytes (x86-64)
 */
export function makeTrialBundle(
  parentDir: string,
  trueBinary: string | null,
  rootless: boolean,
): TrialBundle {
  const folder = makeOwnedFolder(parentDir);
  const rootfs = join(folder, "rootfs");
  const programPath = join(rootfs, "true");
  for (const name of ["proc", "dev"]) mkdirSync(join(rootfs, name), { recursive: true });
  mkdirSync(join(folder, "state"));
  if (trueBinary === null) writeFileSync(programPath, smallestProgram());
  else copyFileSync(trueBinary, programPath);
  chmodSync(programPath, 0o755);
  const id = `sbx-bench-${folder.slice(folder.lastIndexOf("/") + 1)}`;
  writeFileSync(join(folder, "config.json"), JSON.stringify(ociConfig(id, rootless)));
  return {
    bundleDir: folder,
    stateDir: join(folder, "state"),
    programPath,
    id,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Named after its owner, for `removeOrphanBundles`. */
function makeOwnedFolder(parentDir: string): string {
  try {
    mkdirSync(parentDir, { recursive: true });
    return mkdtempSync(join(parentDir, `trial-${process.pid}-`));
  } catch {
    return mkdtempSync(join(tmpdir(), `sbx-bench-trial-${process.pid}-`));
  }
}

/** Removes what probes that were killed (Ctrl-C, SIGKILL) left in this folder, which is ours alone. */
export function removeOrphanBundles(parentDir: string): void {
  if (!existsSync(parentDir)) return;
  for (const name of readdirSync(parentDir)) {
    const pid = /^trial-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid)))
      rmSync(join(parentDir, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function ociConfig(id: string, rootless: boolean): unknown {
  return {
    ociVersion: "1.0.2",
    process: {
      terminal: false,
      user: { uid: 0, gid: 0 },
      args: ["/true"],
      cwd: "/",
      env: ["PATH=/"],
      noNewPrivileges: true,
    },
    root: { path: "rootfs", readonly: true },
    mounts: [
      { destination: "/proc", type: "proc", source: "proc" },
      { destination: "/dev", type: "tmpfs", source: "tmpfs", options: ["nosuid", "mode=755", "size=64k"] },
    ],
    linux: {
      // Without a path runc goes on when a plain user can't make a cgroup.
      ...(rootless ? {} : { cgroupsPath: `/${id}` }),
      namespaces: ["pid", "mount", "ipc", "uts", "network"].map((type) => ({ type })),
    },
  };
}

/** An ELF file (elf(5)) with one segment that calls exit_group(0): no compiler is needed to ask the question. */
function smallestProgram(): Buffer {
  if (process.arch !== "x64") throw new Error(`there is no built-in trial program for ${process.arch}`);
  const base = 0x400000n;
  // xor edi,edi; mov eax,231; syscall
  const code = Buffer.from([0x31, 0xff, 0xb8, 0xe7, 0, 0, 0, 0x0f, 0x05]);
  const headerBytes = 64;
  const segmentBytes = 56;
  const codeOffset = headerBytes + segmentBytes;
  const size = BigInt(codeOffset + code.length);
  const file = Buffer.alloc(Number(size));
  file.write("\x7fELF\x02\x01\x01", 0, "latin1");
  file.writeUInt16LE(2, 16); // ET_EXEC
  file.writeUInt16LE(62, 18); // EM_X86_64
  file.writeUInt32LE(1, 20); // EV_CURRENT
  file.writeBigUInt64LE(base + BigInt(codeOffset), 24); // entry
  file.writeBigUInt64LE(BigInt(headerBytes), 32); // program headers
  file.writeUInt16LE(headerBytes, 52);
  file.writeUInt16LE(segmentBytes, 54);
  file.writeUInt16LE(1, 56); // one of them
  file.writeUInt32LE(1, headerBytes); // PT_LOAD
  file.writeUInt32LE(5, headerBytes + 4); // readable, executable
  file.writeBigUInt64LE(base, headerBytes + 16);
  file.writeBigUInt64LE(base, headerBytes + 24);
  file.writeBigUInt64LE(size, headerBytes + 32);
  file.writeBigUInt64LE(size, headerBytes + 40);
  file.writeBigUInt64LE(0x1000n, headerBytes + 48);
  code.copy(file, codeOffset);
  return file;
}
