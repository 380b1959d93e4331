import { describe, expect, test } from "vitest";
import { renderExport } from "../../../src/report/exports/render-export.ts";
import { parseCsv } from "../csv-records.ts";
import { fixture } from "../fixture.ts";
import { exported, launches, summary } from "./fixture-export.ts";

const metrics = summary.cells.flatMap((cell) => cell.metrics);

describe("Go benchmark text", () => {
  const lines = exported("gobench").trimEnd().split("\n");
  const results = lines.filter((line) => line.startsWith("Benchmark"));

  test("has a line for every launch of every metric", () => {
    expect(results.length).toBe(metrics.reduce((sum, metric) => sum + metric.launches, 0));
  });

  test("every result line is name, iterations, value and unit", () => {
    const shape = /^Benchmark[A-Z]\S* [1-9]\d* [\d.e+-]+ (ns\/op|B|B\/s|op\/s|count)$/;
    expect(results.filter((line) => !shape.test(line))).toEqual([]);
  });

  test("names carry every axis as key=value", () => {
    expect(results).toContainEqual(
      expect.stringMatching(
        /^BenchmarkSyscalls\/op=getpid\/sandbox=runsc\/platform=systrap\/net=none\/seccomp=none /,
      ),
    );
  });

  test("says which way is better where the unit does not tell", () => {
    expect(lines).toContain("Unit op/s better=higher");
    expect(lines).toContain("Unit count better=lower");
  });

  test("what differs between runs is a comment, or benchstat would not lay them side by side", () => {
    const settings = lines.filter((line) => /^[a-z][^ ]*:/.test(line)).map((line) => line.split(":")[0]);
    expect(settings).toEqual(["goos", "goarch", "pkg", "cpu"]);
    expect(lines).toContain(`# run: ${summary.runId}`);
  });

  test("a profile's path makes one word, and its last number no GOMAXPROCS", () => {
    const run = fixture({ rounds: 6, scenarios: ["cpu"], sandboxes: ["native", "runc"] });
    const cells = run.summary.cells.map((cell) => ({
      ...cell,
      config: { ...cell.config, seccomp: "/etc/my profiles/strict-2" },
    }));
    const text = renderExport({ ...run.summary, cells }, run.launches, "gobench");
    expect(text).toMatch(/\/seccomp=_etc_my_profiles_strict_2 /);
  });
});

describe("Bencher Metric Format", () => {
  const benchmarks = Object.entries(
    JSON.parse(exported("bmf")) as Record<string, Record<string, Record<string, number>>>,
  );

  test("has one measure of every metric", () => {
    expect(benchmarks.length).toBe(metrics.length);
    const measures = new Set(benchmarks.flatMap(([, measure]) => Object.keys(measure)));
    expect([...measures].toSorted()).toEqual([
      "bytes-per-second",
      "count",
      "latency",
      "memory-bytes",
      "throughput",
    ]);
  });

  test("every value lies within its bounds", () => {
    const values = benchmarks.flatMap(([, measure]) => Object.values(measure));
    for (const { value, lower_value: lower, upper_value: upper } of values) {
      expect(lower!).toBeLessThanOrEqual(value!);
      expect(upper!).toBeGreaterThanOrEqual(value!);
    }
  });

  test("bounds that are not known are left out", () => {
    const few = fixture({ rounds: 3, scenarios: ["cpu"], sandboxes: ["native"] });
    const [first] = Object.values(JSON.parse(renderExport(few.summary, few.launches, "bmf")));
    expect(Object.keys((first as { latency: object }).latency)).toEqual(["value"]);
  });
});

describe("github-action-benchmark", () => {
  type Entry = { name: string; unit: string; value: number; range?: string; extra: string };
  const smaller = JSON.parse(exported("gab")) as Entry[];
  const bigger = JSON.parse(exported("gab-bigger")) as Entry[];

  test("every metric is in the file of its direction, and only there", () => {
    expect(smaller.length + bigger.length).toBe(metrics.length);
    expect(bigger.length).toBe(metrics.filter(({ better }) => better === "higher").length);
  });

  test("every entry has what the action asks for", () => {
    for (const { name, unit, value, range } of [...smaller, ...bigger]) {
      expect(name).toMatch(/::/);
      expect(unit).not.toBe("");
      expect(Number.isFinite(value)).toBe(true);
      expect(range).toMatch(/^± [\d.e+-]+$/);
    }
  });
});

describe("CSV", () => {
  const [head, ...records] = parseCsv(exported("csv"));

  test("has a record for every metric and for every cell without one", () => {
    const empty = summary.cells.filter((cell) => cell.metrics.length === 0).length;
    expect(records.length).toBe(metrics.length + empty);
    expect(empty).toBeGreaterThan(0);
  });

  test("a cell without figures says why", () => {
    const at = (record: string[], name: string) => record[head!.indexOf(name)];
    const missing = records.find((record) => at(record, "status") === "unavailable")!;
    expect(at(missing, "reason")).toBe("hangs: no answer within 10 s");
    expect(at(missing, "median")).toBe("");
  });
});

test("figures of an emulated processor are refused", () => {
  expect(() => renderExport({ ...summary, emulated: true }, launches, "csv")).toThrow(/emulated/);
});
