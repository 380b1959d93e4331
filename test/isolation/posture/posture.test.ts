import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { NAMESPACES, readPosture, STATUS_FIELDS } from "../../../src/isolation/posture/posture.ts";

const made: string[] = [];
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

function fakeProc(): string {
  const proc = mkdtempSync(join(tmpdir(), "sbx-proc-"));
  made.push(proc);
  for (const pid of ["5", "self"]) {
    mkdirSync(join(proc, pid, "ns"), { recursive: true });
    for (const name of NAMESPACES) {
      if (name === "time" && pid === "5") continue;
      symlinkSync(`${name}:[${name === "net" ? pid : 1}]`, join(proc, pid, "ns", name));
    }
  }
  mkdirSync(join(proc, "5", "fd"));
  const targets = [
    "pipe:[1]",
    "pipe:[2]",
    "anon_inode:[eventpoll]",
    "/dev/null",
    "/memfd:x (deleted)",
    "/etc/passwd",
  ];
  for (const [fd, target] of targets.entries()) symlinkSync(target, join(proc, "5", "fd", String(fd)));
  symlinkSync("/", join(proc, "5", "root"));
  const files = {
    status: "Name:\tx\nUid:\t1\t2\t3\t4\nSeccomp:\t2\nCapEff:\t00ff\n",
    uid_map: "         0      65534          1\n",
    gid_map: "         0          0 4294967295\n",
    cmdline: "/scenario\0token\0",
    limits:
      "Limit  Soft Limit  Hard Limit  Units\nMax open files            4096                 4096                 files\n",
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(proc, "5", name), text);
  return proc;
}

test("a posture is what the kernel says, field by field", () => {
  expect(readPosture(5, "self", fakeProc())).toEqual({
    process: "/scenario",
    status: { Uid: "1 2 3 4", Seccomp: "2", CapEff: "00ff" },
    uidMap: "0 65534 1",
    gidMap: "0 0 4294967295",
    namespaces: {
      ...Object.fromEntries(NAMESPACES.map((name) => [name, "inherited"])),
      net: "own",
      time: "unknown",
    },
    descriptors: { pipe: 2, eventpoll: 1, device: 1, memfd: 1, file: 1 },
    openFilesLimit: "4096",
    root: "/",
  });
});

test("half a posture is none", () => {
  const proc = fakeProc();
  rmSync(join(proc, "5", "uid_map"));
  expect(readPosture(5, "self", proc)).toBeNull();
});

test("it agrees with another reader of /proc on a process in namespaces of its own", async () => {
  const child = spawn("unshare", ["--user", "--map-root-user", "--uts", "cat"], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  try {
    // It answers from within.
    child.stdin.write("x\n");
    await once(child.stdout, "data");
    const posture = readPosture(child.pid!, "self")!;
    const sh = (script: string) => execFileSync("sh", ["-c", script], { encoding: "utf8" }).trim();
    for (const name of STATUS_FIELDS) {
      const theirs = sh(`awk '/^${name}:/ { $1 = ""; print }' /proc/${child.pid}/status`);
      expect([name, posture.status[name] ?? ""]).toEqual([name, theirs]);
    }
    for (const name of NAMESPACES) {
      const own = sh(`readlink /proc/${child.pid}/ns/${name}`);
      const harness = sh(`readlink /proc/${process.pid}/ns/${name}`);
      expect([name, posture.namespaces[name]]).toEqual([name, own === harness ? "inherited" : "own"]);
    }
    expect(posture.namespaces).toMatchObject({ user: "own", uts: "own", net: "inherited" });
  } finally {
    child.kill("SIGKILL");
  }
});
