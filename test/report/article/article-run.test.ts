import { expect, test } from "vitest";
import { articleRun } from "../../../src/report/article/article-run.ts";
import {
  difference,
  native,
  quantity,
  ratio,
  runsc,
  value,
} from "../../../src/report/article/claims/cells.ts";
import { KVM_REASON, type MadeRun, madeRun } from "./made-run.ts";

const SYSTRAP = runsc("systrap", "host");
const getpid = (config: typeof native) => quantity(config, "syscalls", "getpid");

/** Native at 100 ns, systrap 20 times that, both with a drift that they share. */
const DRIFTING: MadeRun["figures"] = (config, _, round) =>
  (100 + 10 * round) * (config.platform === "systrap" ? 20 : 1);

const measure = (made: Partial<MadeRun> = {}) => articleRun(madeRun({ figures: DRIFTING, ...made })).measure;

test("a value is the median of the launches, scaled", () => {
  const found = measure({ rounds: 7 })(value(getpid(native), 1000));
  expect(found).toMatchObject({
    value: 130_000,
    low: 100_000,
    high: 160_000,
    n: 7,
    unit: "ns",
    missing: null,
  });
  expect(found.text).toBe("130 µs [100, 160] n=7");
});

test("a ratio is paired by round: a drift that both sides share is not in it", () => {
  const found = measure()(ratio(getpid(SYSTRAP), getpid(native)));
  expect(found.value).toBeCloseTo(20, 9);
  expect(found.low).toBeCloseTo(20, 9);
  expect(found.unit).toBe("ratio");
  expect(found.text).toBe("20.0x [20.0, 20.0] n=15");
});

test("a difference is paired by round, and scaled", () => {
  const found = measure({ figures: (config) => (config.platform === "systrap" ? 900 : 100) })(
    difference(getpid(SYSTRAP), getpid(native), 0.5),
  );
  expect(found).toMatchObject({ value: 400, low: 400, high: 400, n: 15 });
});

test("the formula names its cells", () => {
  expect(measure()(difference(getpid(SYSTRAP), getpid(native), 0.5)).formula).toBe(
    "(runsc systrap net=host syscalls/getpid − native syscalls/getpid) × 0.5",
  );
});

test("under six rounds there is a value, and no interval", () => {
  const found = measure({ rounds: 5 })(ratio(getpid(SYSTRAP), getpid(native)));
  expect(found).toMatchObject({ low: null, high: null, n: 5 });
  expect(found.text).toBe("20.0x [needs 6 rounds] n=5");
});

test("a cell that this host cannot run has its reason, in short in the text", () => {
  const found = measure({ hasKvm: false })(value(getpid(runsc("kvm", "host"))));
  expect(found).toMatchObject({ value: null, n: 0, missing: `unavailable: ${KVM_REASON}` });
  expect(found.text).toBe("unavailable: /dev/kvm opens, but runsc hangs");
});

test("where kvm runs, it is measured", () => {
  expect(measure()(value(getpid(runsc("kvm", "host")))).value).toBe(170);
});

test("a cell that is not in the run, and an operation that was not made, say so", () => {
  expect(measure()(value(quantity(runsc("systrap", "none", "own"), "syscalls", "getpid"))).missing).toBe(
    "not in this run",
  );
  expect(measure()(value(quantity(native, "syscalls", "no-such-op"))).missing).toBe("not measured");
});

test("rounds that only one side has are left out; without a shared one there is no figure", () => {
  const figures: MadeRun["figures"] = (config, _, round) => {
    const isLate = round >= 8;
    return (config.sandbox === "native") === isLate ? 1 : null;
  };
  expect(measure({ figures })(ratio(getpid(SYSTRAP), getpid(native))).missing).toBe(
    "no round has both sides",
  );
});

test("an emulated processor has no figures", () => {
  const found = measure({ manifest: { emulated: true } })(value(getpid(native)));
  expect(found).toMatchObject({ value: null, n: 0 });
  expect(found.missing).toContain("emulated");
});
