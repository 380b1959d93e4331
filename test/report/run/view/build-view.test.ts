import { expect, test } from "vitest";
import { buildView } from "../../../../src/report/run/view/build-view.ts";
import { summarise } from "../../../../src/stats/summaries/summarise.ts";
import { fixture } from "../../fixture.ts";

const run = fixture({ rounds: 7 });
const view = buildView(run.manifest, run.summary, run.launches);

test("the view is plain data", () => {
  expect(JSON.parse(JSON.stringify(view))).toEqual(view);
});

test("findings: problems first, each once", () => {
  expect(view.findings.map(({ severity, title }) => `${severity}: ${title}`)).toMatchInlineSnapshot(`
    [
      "problem: Wrong result: channel counter",
      "notice: 2.4 % of the launches were disturbed by other load",
      "notice: Operations with more than one speed: runsc systrap 1",
      "notice: An unsynchronised counter loses updates",
      "notice: Computation does not cost the same as natively: sort of 10,000 integers",
    ]
  `);
});

test("a platform that stopped starting is a problem, with the trial's last words", () => {
  const stopped = {
    what: "runsc/kvm",
    at: "2026-01-02T03:04:05.000Z",
    cell: "runsc/kvm/net=none/seccomp=none::startup",
    round: 3,
    goodLaunches: 12,
    reason: "runsc/kvm stopped starting after 12 good launches.",
    evidence: "first words\nno such device",
    cells: ["runsc/kvm/net=none/seccomp=none::startup"],
  };
  const manifest = { ...run.manifest, quarantined: [stopped] };
  const { findings } = buildView(manifest, summarise(manifest, run.launches), run.launches);
  expect(findings[0]).toEqual({
    severity: "problem",
    title: "runsc/kvm stopped starting in mid-run",
    detail:
      "runsc/kvm stopped starting after 12 good launches. 1 cell went on without further launches. " +
      "Last words of the trial: no such device",
  });
});

test("cells that did not run are grouped by reason and none is lost", () => {
  expect(
    view.notRun.map(({ status, reason, what, cells }) => [status, reason, what, cells.length]),
  ).toMatchInlineSnapshot(`
    [
      [
        "unavailable",
        "hangs: no answer within 10 s",
        "runsc kvm; net none, host, sandbox; seccomp none, default, generated; 7 scenarios",
        63,
      ],
      [
        "excluded",
        "exclude[0] of bench.config.ts",
        "unshare, runc, runsc systrap, runsc ptrace; net sandbox; seccomp default; cpu",
        4,
      ],
    ]
  `);
  const { unavailable, excluded } = view.counts;
  expect(view.notRun.flatMap(({ cells }) => cells)).toHaveLength(unavailable + excluded);
});

test("a failed cell comes with its evidence", () => {
  expect(view.failed).toMatchInlineSnapshot(`
    [
      {
        "cell": "runc/net=host/seccomp=generated::files",
        "evidence": {
          "exit": "exit code 2 of the launched process",
          "kind": "crash",
          "message": "the program ended with exit code 2",
          "output": "fatal error: <unexpected> signal & "quotes" </script>
    SIGSYS: bad system call",
          "round": 1,
        },
        "reason": "the program ended with exit code 2",
      },
    ]
  `);
});

test("a warning of many cells is said once, with each of them at hand", () => {
  expect(view.warnings.map(({ summary, all }) => [summary, all.length])).toMatchInlineSnapshot(`
    [
      [
        "the CPU frequency governor is not readable here",
        0,
      ],
      [
        "disturbed: 21 cells",
        21,
      ],
      [
        "runc/net=host/seccomp=generated::files: 1 of 7 rounds were launched",
        0,
      ],
    ]
  `);
});

test("two speeds of an operation are told with their shares", () => {
  const [getpid] = view.performance!.distributions;
  const systrap = getpid!.series.find(({ label }) => label === "runsc systrap");
  expect(systrap?.modes).toMatch(/^7\d % near 1\.\d+ µs, 2\d % near 4\.\d+ µs$/);
});

test("a thinned curve rises from its first to its last call", () => {
  for (const { series } of view.performance!.distributions)
    for (const { points } of series) {
      expect(points.length).toBeLessThan(70);
      expect(points.at(-1)![1]).toBe(1);
      const shares = points.map(([, share]) => share);
      expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    }
});

test("start-up phases are in order of time", () => {
  expect(view.performance!.startup[0]!.phases.map(({ phase }) => phase)).toEqual([
    "spawn to the program's first line",
    "last line to the process reaped",
    "reaped to a clean host",
  ]);
});

test("the provenance names the command, the seed and the harness's share", () => {
  const labels = new Map(view.provenance.map(({ label, value }) => [label, value]));
  expect(labels.get("Command")).toBe("sbx-bench run --matrix --preset quick");
  expect(labels.get("Seed")).toBe("4711");
  expect(labels.get("Harness overhead")).toBe("2.0 % of the wall time had no launch under way");
});

test("an emulated run has no performance at all, and says so loudly", () => {
  const emulated = fixture({ rounds: 7, emulated: true, scenarios: ["syscalls", "cpu", "goroutines"] });
  const { performance, banner, title, findings } = buildView(
    emulated.manifest,
    emulated.summary,
    emulated.launches,
  );
  expect(performance).toBeNull();
  expect(banner).toMatch(/^Functional test only/);
  expect(title).toContain("functional test only");
  expect(findings.map((finding) => finding.title)).toEqual(["Wrong result: channel counter"]);
});
