/** The probe program without the harness: it tries nothing. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildHelper } from "../../src/workload/programs.ts";

const TOKEN = "0123456789abcdef".repeat(4);
let program: string;
let dir: string;

beforeAll(async () => {
  program = await buildHelper("sbx-probe");
  dir = mkdtempSync(join(tmpdir(), "sbx-bare-"));
}, 60_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const request = (hostMounts: string) =>
  JSON.stringify({
    token: TOKEN,
    hostMounts,
    nonce: "n",
    probes: ["write-host-file", "mount", "fork-storm", "memory", "orphan"],
    limitMs: 5000,
    targets: { dir, processes: 300, bytes: 2 ** 28 },
  });
const ownMounts = () => readFileSync("/proc/self/mountinfo", "utf8");
const harnessMounts = readlinkSync("/proc/self/ns/mnt");

const CALLERS: [who: string, args: string[], request: string | undefined][] = [
  ["without anything", [], undefined],
  ["with a token and no request", [TOKEN], undefined],
  ["with a request and no token", [], request("mnt:[1]")],
  ["with a wrong token", [TOKEN.replace("0", "1")], request("mnt:[1]")],
  ["asked for one probe by its name", ["child", "mount"], undefined],
  ["with everything, on the host's mounts", [TOKEN], request(harnessMounts)],
  [
    "with everything, and asked for one probe on the host's mounts",
    [TOKEN, "child", "mount"],
    request(harnessMounts),
  ],
  ["without a word of whose mounts they are", [TOKEN], request("")],
];

test.for(CALLERS)("called %s it refuses and touches nothing", ([, args, text]) => {
  const mounts = ownMounts();
  const ended = spawnSync(program, args, {
    env: { SBX_DIR_BIND: dir, ...(text === undefined ? {} : { SBX_PROBES: text }) },
    encoding: "utf8",
    timeout: 10_000,
  });
  expect(ended.status).toBe(2);
  expect(ended.stdout).toBe("");
  expect(ended.stderr).toContain("refused");
  expect(readdirSync(dir)).toEqual([]);
  expect(ownMounts()).toBe(mounts);
});
