import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { cacheDir } from "../../src/base/cache-folder.ts";
import type { LaunchRecord } from "../../src/samples/launch-record.ts";
import type { RunManifest } from "../../src/samples/run-manifest.ts";
import type { Summary } from "../../src/stats/summaries/summary-types.ts";
import { useLab, whyNot } from "./lab.ts";

const reason = whyNot();
const lab = useLab();

/** One start of the doctor's trial, and three launches. */
const GOOD_STARTS = 4;

/**
 * runsc, but its ptrace platform spins for ever from a certain start on, as kvm does on some hosts, and there is
 * no kvm. Starts are counted by a file of one byte each.
 */
const HANGING_RUNSC = `#!/bin/sh
runsc=@RUNSC@
starts=@STARTS@
case " $* " in
*" --platform=kvm "*)
  echo "no kvm in this test" >&2
  exit 1
  ;;
*" --platform=ptrace "*" run "*)
  printf x >>"$starts"
  if [ "$(wc -c <"$starts")" -gt ${GOOD_STARTS} ]; then while :; do :; done; fi
  ;;
esac
exec "$runsc" "$@"
`;

let summary: Summary;
let launches: LaunchRecord[];
let code: number | undefined;
let err = "";
let manifest: RunManifest;
let report = "";

beforeAll(async () => {
  if (reason !== null) return;
  const { dir, out } = lab.current;
  const runsc = process.env.SBX_RUNSC ?? join(cacheDir("tools"), "runsc/current/runsc");
  const wrapper = join(dir, "runsc");
  const found = existsSync(runsc) ? runsc : "runsc";
  writeFileSync(
    wrapper,
    HANGING_RUNSC.replace("@RUNSC@", `'${found}'`).replace("@STARTS@", `'${join(dir, "starts")}'`),
  );
  chmodSync(wrapper, 0o755);
  const run = await lab.current.run(
    {
      matrix: {
        sandbox: ["native", "runsc"],
        platform: ["systrap", "ptrace"],
        network: ["none", "host"],
        seccomp: ["none"],
      },
      scenarios: ["startup"],
      rounds: 4,
      limits: { launchSeconds: 3 },
    },
    ["--no-twins"],
    { SBX_RUNSC: wrapper },
  );
  ({ summary, launches, code, err } = run);
  manifest = JSON.parse(readFileSync(join(out, summary.runId, "run.json"), "utf8")) as RunManifest;
  report = readFileSync(join(out, summary.runId, "report.md"), "utf8");
});

const of = (platform: string) => launches.filter(({ cell }) => cell.startsWith(`runsc/${platform}/`));

describe("a runsc whose ptrace platform hangs from its fourth launch on", () => {
  test("costs one launch's limit: ptrace is launched no more", (context) => {
    if (reason !== null) return context.skip(reason);
    expect(of("ptrace").map(({ status }) => status)).toEqual(["ok", "ok", "ok", "failed"]);
    expect(of("ptrace").at(-1)?.failure).toMatchObject({
      kind: "hang",
      message: "no end within 3 s (before its first line); killed",
    });
  });

  test("leaves native and systrap every one of their launches", (context) => {
    if (reason !== null) return context.skip(reason);
    expect(of("systrap")).toHaveLength(2 * 4);
    expect(launches.filter(({ cell }) => cell.startsWith("native/"))).toHaveLength(4);
    expect(launches.filter(({ cell, status }) => status === "failed" && !cell.includes("ptrace"))).toEqual(
      [],
    );
    expect(code).toBe(5);
  });

  test("stands in the manifest and in summary.json, with what ptrace's trial saw", (context) => {
    if (reason !== null) return context.skip(reason);
    const expected = {
      what: "runsc/ptrace",
      goodLaunches: 3,
      cells: ["runsc/ptrace/net=none/seccomp=none::startup", "runsc/ptrace/net=host/seccomp=none::startup"],
      reason: expect.stringMatching(
        /did not start either: runsc did not finish a program that only exits within 10 s/,
      ),
    };
    expect(manifest.quarantined).toMatchObject([expected]);
    expect(summary.quarantined).toMatchObject([expected]);
  });

  test("is told while ptrace is given up, and in the report", (context) => {
    if (reason !== null) return context.skip(reason);
    const told = err.replaceAll(/\s+/g, " ");
    expect(told).toContain("given up runsc/ptrace stopped starting after 3 good launches");
    expect(report).toContain("runsc/ptrace stopped starting in mid-run");
  });

  test("nothing of ptrace is left behind", async (context) => {
    if (reason !== null) return context.skip(reason);
    expect(await lab.current.leftBehind()).toEqual([]);
    expect(lab.current.kept()).toEqual([]);
  });
});
