import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SbxError } from "../../../src/base/errors.ts";
import { type CapacityPlanRequest, planCapacity } from "../../../src/use-cases/capacity/plan.ts";
import { EFFORT, TRAFFIC } from "../../capacity/plan/made-costs.ts";
import { ROOT } from "../../house/checkout.ts";

/** The sample run, as a run lies on disk. */
let out = "";
const DENSITY = () => join(out, "density.json");

beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), "sbx-capacity-"));
  const [from, to] = [join(ROOT, "reports/sample"), join(out, "sample")];
  mkdirSync(to);
  copyFileSync(join(from, "run.json"), join(to, "run.json"));
  writeFileSync(join(to, "launches.ndjson"), gunzipSync(readFileSync(join(from, "launches.ndjson.gz"))));
});
afterAll(() => rmSync(out, { recursive: true, force: true }));

const RUNC = "runc/net=none/seccomp=none";

function plan(changes: Partial<CapacityPlanRequest> = {}, abort = new AbortController().signal) {
  const request: CapacityPlanRequest = {
    traffic: { ...TRAFFIC, slo: { quantile: 0.95, limitS: 2 } },
    run: "sample",
    out,
    cells: [RUNC],
    slowdownBy: null,
    density: null,
    whatIf: {},
    effort: EFFORT,
    ...changes,
  };
  return planCapacity(request, { say: () => {}, abort });
}

/** What, why and fix of the refusal. */
async function refusal(changes: Partial<CapacityPlanRequest>): Promise<string> {
  const error = await plan(changes).catch((caught: unknown) => caught);
  if (!(error instanceof SbxError)) throw new Error("it was not refused");
  return `${error.what}\n${error.why}\n${error.fix}`;
}

describe("planCapacity", () => {
  test("plans the configurations asked for, in one order, on the measured host", async () => {
    const { configurations, host } = await plan({ cells: ["{runsc/systrap,runc}/net=none/seccomp=none"] });
    expect(configurations.map(({ configuration }) => configuration)).toEqual([
      RUNC,
      "runsc/systrap/net=none/seccomp=none",
    ]);
    expect(host.resources).toMatchObject({ cores: 2, memoryBytes: 24 * 2 ** 30 });
    const [runc, runsc] = configurations;
    expect(runsc!.hosts!.needed.value).toBeGreaterThanOrEqual(runc!.hosts!.needed.value);
  });

  test("needs fewer, larger hosts with a what-if, and says that it is not validated", async () => {
    const traffic = { ...TRAFFIC, ratePerS: 60, slo: { quantile: 0.95, limitS: 2 } };
    const [small, large] = await Promise.all([plan({ traffic }), plan({ traffic, whatIf: { cores: 64 } })]);
    expect(large.configurations[0]!.hosts!.needed.value).toBeLessThan(
      small.configurations[0]!.hosts!.needed.value,
    );
    expect(large.warnings.join()).toContain("what-if: not validated");
  });

  test("ends between configurations when it is aborted", async () => {
    await expect(plan({}, AbortSignal.abort())).rejects.toThrow();
  });

  test.each([
    [{ run: "smaple" }, "There is no run smaple", 'Did you mean "sample"?'],
    [{ cells: ["rucn/*"] }, "has measured no configuration that matches rucn/*", "It has native/"],
    [
      { cells: ["runsc/kvm/*"] },
      "has measured no configuration that matches runsc/kvm/*",
      "cannot create sandbox",
    ],
    [{ slowdownBy: "cpu/jsno" }, "The run has no metric cpu/jsno", 'Did you mean "cpu/json"?'],
    [{ density: "/no/such" }, "--density /no/such cannot be used", "ENOENT"],
  ])("refuses %j", async (changes, what, why) => {
    const said = await refusal(changes);
    expect(said).toContain(what);
    expect(said).toContain(why);
  });

  test("refuses density of another host, and a file that is something else", async () => {
    const whole = { schema: "sbx-bench/density@1", configurations: [], room: {}, limits: {} };
    writeFileSync(
      DENSITY(),
      JSON.stringify({ ...whole, fingerprint: { id: "x", fields: { "cpu.model": "another" } } }),
    );
    expect(await refusal({ density: DENSITY() })).toContain("is of another host than the run");
    writeFileSync(DENSITY(), '{"schema":"sbx-bench/run@1"}');
    expect(await refusal({ density: DENSITY() })).toContain("Its schema is sbx-bench/run@1");
  });
});
