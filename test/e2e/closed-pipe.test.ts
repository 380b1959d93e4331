import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { useLab } from "./lab.ts";

const lab = useLab();

test("`run 2>&1 | head -1` goes on to its end and leaves its report", async () => {
  const config = lab.current.configure({
    matrix: { sandbox: ["fake"], network: ["none"], seccomp: ["none"] },
    scenarios: ["syscalls"],
    rounds: 7,
  });
  // Slow enough that the reader has left long before the last launch.
  const slow = JSON.stringify([{ cells: "*", kind: "linger", ms: 100 }]);
  const code = join(lab.current.dir, "code");
  const pipeline = `{ "$@" 2>&1; echo $? >'${code}'; } | head -1; cat '${code}'`;
  const ended = await lab.current.cli(["run", "--config", config], {
    before: ["sh", "-c", pipeline, "sh"],
    env: { SBX_FAKE_FAULTS: slow },
  });
  const [firstLine, exitCode] = ended.out.split("\n");
  expect(firstLine).toMatch(/^run /);
  expect([exitCode, ended.err]).toEqual(["0", ""]);
  const [run] = lab.current.runs();
  expect(lab.current.launches(run!)).toHaveLength(7);
  for (const file of ["report.html", "report.md", "summary.json"])
    expect(existsSync(join(lab.current.out, run!, file))).toBe(true);
});
