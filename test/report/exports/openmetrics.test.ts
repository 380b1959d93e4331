import { describe, expect, test } from "vitest";
import { exported, summary } from "./fixture-export.ts";
import { parseOpenMetrics } from "./open-metrics.ts";

const families = parseOpenMetrics(exported("openmetrics"));

describe("a run as OpenMetrics", () => {
  test("every family has type, help, samples, and its unit in its name", () => {
    for (const { type, help, samples } of families.values()) {
      expect({ type, hasHelp: help !== "", hasSamples: samples.length > 0 }).toEqual({
        type: "gauge",
        hasHelp: true,
        hasSamples: true,
      });
    }
  });

  test("times are in seconds, sizes in bytes", () => {
    const getpid = summary.cells[0]!.metrics.find(({ metric }) => metric === "getpid")!;
    const seconds = families
      .get("sbx_bench_median_seconds")!
      .samples.find(({ labels }) => labels.get("metric") === "getpid" && labels.get("sandbox") === "native");
    expect(seconds!.value).toBeCloseTo(getpid.median / 1e9, 12);
    expect(families.has("sbx_bench_median_bytes")).toBe(true);
  });

  test("a cell without figures is counted with its status", () => {
    const statuses = families.get("sbx_bench_launches")!.samples.map(({ labels }) => labels.get("status"));
    expect(statuses).toContain("unavailable");
    expect(statuses).toContain("failed");
  });
});
