import { expect, test } from "vitest";
import { formatFactor } from "../../../../src/report/kit/format.ts";
import { buildView } from "../../../../src/report/run/view/build-view.ts";
import type { LaunchRecord } from "../../../../src/samples/launch-record.ts";
import { summarise } from "../../../../src/stats/summaries/summarise.ts";
import { type FixtureOptions, fixture } from "../../fixture.ts";

function headlineOf(options: FixtureOptions) {
  const { manifest, summary, launches } = fixture({ rounds: 7, ...options });
  return buildView(manifest, summary, launches).performance!.headline;
}

function scaled(launch: LaunchRecord, factor: number): LaunchRecord {
  return { ...launch, ops: launch.ops.map((op) => ({ ...op, median: op.median * factor })) };
}

test("the headline says what a system call, start-up, memory and computation cost", () => {
  expect(headlineOf({}).text).toMatchInlineSnapshot(
    `"On this host a system call costs 8.0 times native under runsc systrap [7.5, 8.4]: 1.33 µs against 169 ns. Start-up takes 190 ms against 1.04 ms; an idle sandbox holds 38.2 MiB against 3.54 MiB; computation costs 1.06 times native [1.06, 1.07] (sort of 10,000 integers, the dearest of 3 operations). Brackets: 95 % interval over 7 launches."`,
  );
});

test("each tile has its interval, and the other sandboxes beside it", () => {
  const { configuration, tiles } = headlineOf({});
  expect(configuration).toBe("runsc/systrap/net=none/seccomp=none");
  expect(tiles.map(({ label }) => label)).toEqual([
    "System call (getpid)",
    "Start-up",
    "Memory of an idle sandbox (PSS)",
    "Computation (sort of 10,000 integers)",
  ]);
  for (const { detail } of tiles) expect(detail).toMatch(/\[.+, .+\] n=7/);
  expect(tiles[0]!.others.map((other) => other.replace(/ [\d.]+x$/, ""))).toEqual([
    "unshare",
    "runc",
    "runsc ptrace",
  ]);
});

test("the values beside a ratio divide to it, or are ranges", () => {
  const { manifest, launches } = fixture({ rounds: 11, scenarios: ["syscalls"] });
  // native has two speeds, and is at the slow one in most rounds; the sandbox in fewer of them.
  const moved = launches.map((launch) => {
    const isNative = launch.cell.startsWith("native/");
    const isSlow = isNative ? launch.round % 11 > 4 : launch.round % 11 > 5;
    return scaled(launch, isSlow ? 2 : 1);
  });
  const { text, tiles } = buildView(manifest, summarise(manifest, moved), moved).performance!.headline;
  expect(text).toMatch(/: [\d.]+…[\d.]+ µs against \d+…\d+ ns \(a range is of launches that differ\)\./);
  expect(tiles[0]!.detail).toMatch(/; \d+…\d+ ns → [\d.]+…[\d.]+ µs$/);
});

test("a box and the ladder of the same name show the same values", () => {
  const { manifest, launches } = fixture({ rounds: 11 });
  const moved = launches.map((launch) => {
    const at = launch.phases.readyNs ?? 0;
    const slow = launch.cell.startsWith("native/") ? launch.round % 11 > 4 : launch.round % 11 > 5;
    return { ...launch, phases: { ...launch.phases, readyNs: at * (slow ? 2 : 1) } };
  });
  const { headline, ladders } = buildView(manifest, summarise(manifest, moved), moved).performance!;
  for (const { label, value, others } of headline.tiles) {
    const rungs = ladders.find(({ title }) => title === label)!.rungs;
    const told = new Map(rungs.map((rung) => [rung.label, rung]));
    const own = rungs.find(({ configuration }) => configuration === headline.configuration)!;
    const isRatio = value.endsWith("x");
    expect(value).toBe(isRatio ? `${formatFactor(own.ratio!.value)}x` : own.estimate!.short);
    for (const other of others) {
      const name = other.replace(/ [\d.,…]+(x| \S+)$/, "");
      const { ratio, estimate } = told.get(name)!;
      expect(other).toBe(`${name} ${isRatio ? `${formatFactor(ratio!.value)}x` : estimate!.short}`);
    }
  }
  expect(headline.tiles.find(({ label }) => label === "Start-up")!.others[0]).toMatch(
    /^native [\d.]+…[\d.]+ ms$/,
  );
});

test("no cost is claimed where the interval holds 1", () => {
  const { manifest, launches } = fixture({ rounds: 11, scenarios: ["syscalls", "cpu"] });
  const moved = launches.map((launch, at) =>
    launch.cell.endsWith("::cpu") ? scaled(launch, at % 2 === 0 ? 1.3 : 0.8) : launch,
  );
  const { text, tiles } = buildView(manifest, summarise(manifest, moved), moved).performance!.headline;
  expect(text).toMatch(
    /computation is not shown to cost more or less than natively: [\d.]+ times native \[0\.\d+, 1/i,
  );
  expect(tiles.at(-1)!.detail).toMatch(/^the highest estimate of 3 operations: /);
});

test("natively alone, each value stands once", () => {
  const { text, tiles } = headlineOf({ sandboxes: ["native"] });
  expect(text).toMatch(
    /^On this host a system call takes \d+ ns natively\. Start-up takes [\d.]+ ms; an idle/,
  );
  expect(text).not.toContain("against");
  for (const { detail, others } of tiles) expect([detail.includes("→"), others]).toEqual([false, []]);
});

test("without system calls it starts with what there is", () => {
  expect(headlineOf({ scenarios: ["startup"] }).text).toMatch(
    /^On this host, under runsc systrap: start-up takes \d+ ms against [\d.]+ ms\. /,
  );
});

test("without runsc it is about the next best sandbox", () => {
  expect(headlineOf({ sandboxes: ["native", "unshare"], scenarios: ["syscalls"] }).text).toContain(
    "under unshare",
  );
});

test("without native it gives the plain figures", () => {
  expect(headlineOf({ sandboxes: ["runsc"], scenarios: ["syscalls"] }).text).toMatch(
    /^On this host a system call takes [\d.]+ µs under runsc systrap\./,
  );
});

test("with too few rounds it says what an interval needs", () => {
  expect(headlineOf({ rounds: 3, scenarios: ["syscalls"] }).text).toContain("[needs 6 rounds]");
});

test("with nothing measured it says so", () => {
  expect(headlineOf({ scenarios: [] }).text).toBe("Nothing was measured.");
});

test("a run of none of the key operations is still a sentence", () => {
  const { manifest, summary, launches } = fixture({ rounds: 7, scenarios: ["goroutines"] });
  const { headline } = buildView(manifest, summary, launches).performance!;
  expect(headline.text).toBe(
    "Runsc systrap was measured, but none of the operations that a headline is made of.",
  );
});
