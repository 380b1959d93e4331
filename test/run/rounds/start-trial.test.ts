import { expect, test } from "vitest";
import type { Cell } from "../../../src/plan/cell.ts";
import type { RunEvent } from "../../../src/run/events.ts";
import { Quarantine } from "../../../src/run/rounds/quarantine.ts";
import { judgeStart, type StartTrial, startOf } from "../../../src/run/rounds/start-trial.ts";
import { failedRecord, launchRecord } from "../records.ts";

const cell = (id: string, values: Partial<Cell["config"]> = {}, side?: Cell["side"]): Cell => ({
  id,
  config: { sandbox: "runsc", platform: "kvm", network: "none", seccomp: "none", ...values },
  scenario: "startup",
  status: "planned",
  reason: null,
  ...(side === undefined ? {} : { side }),
});

const CELLS = [
  cell("a"),
  cell("b"),
  cell("c", { platform: "systrap" }),
  cell("d", { sandbox: "native", platform: null }),
];
const HUNG = failedRecord("hang", {
  cell: "a",
  round: 2,
  phases: { ...launchRecord().phases, readyNs: null },
});

function judge(
  trial: StartTrial | null,
  quarantine = new Quarantine(),
  abort = new AbortController().signal,
) {
  const events: RunEvent[] = [];
  const observe = (event: RunEvent) => events.push(event);
  const tryStart = async () => trial;
  const judged = judgeStart({
    cell: CELLS[0]!,
    record: HUNG,
    cells: CELLS,
    quarantine,
    tryStart,
    observe,
    abort,
  });
  return judged.then((entry) => ({ entry, events, quarantine }));
}

test("what starts a cell is its sandbox, with the platform and the side", () => {
  expect(startOf(cell("x"))).toBe("runsc/kvm");
  expect(startOf(cell("x", { sandbox: "runc", platform: null }, "b"))).toBe("b:runc");
  expect(startOf(cell("x", { sandbox: "native", platform: null }))).toBeNull();
});

test("a trial that does not start either closes all cells of the platform, with the evidence", async () => {
  const trial = { works: false, reason: "killed after 10 s", evidence: "no such device" };
  const { entry, events, quarantine } = await judge(trial);
  expect(entry).toMatchObject({
    what: "runsc/kvm",
    cell: "a",
    round: 2,
    goodLaunches: 0,
    evidence: "no such device",
    cells: ["a", "b"],
  });
  expect(entry?.reason).toBe(
    "runsc/kvm stopped starting after 0 good launches. a in round 3: it was a hang; " +
      "a program that only exits did not start either: killed after 10 s.",
  );
  expect(events).toEqual([{ type: "trying", what: "runsc/kvm", cell: "a" }]);
  expect(quarantine.has("b", "runsc/kvm")).toBe(true);
});

test("a trial that starts acquits the platform: the cell alone is to blame", async () => {
  const works = { works: true, reason: "", evidence: "" };
  const quarantine = new Quarantine();
  for (let time = 0; time < 3; time += 1) expect((await judge(works, quarantine)).entry).toBeNull();
  expect(quarantine.has("b", "runsc/kvm")).toBe(false);
});

test("where no trial can be made the second hang decides", async () => {
  const quarantine = new Quarantine();
  expect((await judge(null, quarantine)).entry).toBeNull();
  expect((await judge(null, quarantine)).entry?.reason).toMatch(/so did the one of it before\.$/);
});

test("a run that is being ended closes nothing", async () => {
  const quarantine = new Quarantine();
  quarantine.noteStart("runsc/kvm", HUNG);
  expect((await judge(null, quarantine, AbortSignal.abort())).entry).toBeNull();
});
