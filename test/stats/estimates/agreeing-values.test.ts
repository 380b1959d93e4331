import { expect, test } from "vitest";
import { seededRandom } from "../../../src/plan/seeded-random.ts";
import { agreeingValues, divideTo } from "../../../src/stats/estimates/agreeing-values.ts";
import { hodgesLehmann } from "../../../src/stats/estimates/hodges-lehmann.ts";

const ratio = (value: number, low: number | null, high: number | null) =>
  ({ value, low, high, better: "lower" }) as const;

test("two medians that divide to the ratio stand as they are", () => {
  const found = agreeingValues([410, 400, 420], [100, 101, 99], ratio(4.02, 3.9, 4.1));
  expect(found).toEqual({ agree: true, of: { low: 410, high: 410 }, over: { low: 100, high: 100 } });
});

test("launches of two speeds are shown by their middle half", () => {
  const fast = [118, 118, 119, 118, 118];
  const slow = [158, 158, 157, 158, 158];
  const found = agreeingValues([...fast, 118, ...slow], [...fast, ...slow, 158], ratio(0.94, 0.9, 1));
  expect(found).toEqual({ agree: false, of: { low: 118, high: 158 }, over: { low: 118, high: 158 } });
});

test("a side whose launches hardly differ keeps its median beside the range of the other", () => {
  const native = [678, 680, 682, 684, 686];
  const sandbox = [690, 700, 708, 900, 1173];
  expect(agreeingValues(sandbox, native, ratio(1.13, 1.04, 1.38))).toEqual({
    agree: false,
    of: { low: 700, high: 900 },
    over: { low: 682, high: 682 },
  });
});

test("a quotient within a wide interval must still look like the ratio", () => {
  expect(divideTo(32, 1, ratio(46, 30, 60))).toBe(false);
  expect(divideTo(45, 1, ratio(46, 30, 60))).toBe(true);
  expect(divideTo(44, 1, ratio(46, 45, 47))).toBe(false);
});

test("without an interval the quotient is the ratio, but for rounding", () => {
  expect(divideTo(1.3, 1, ratio(1.21, null, null))).toBe(false);
  expect(divideTo(1.215, 1, ratio(1.21, null, null))).toBe(true);
});

test("where more is better the cost is turned", () => {
  expect(divideTo(50, 100, { value: 2, low: 1.9, high: 2.1, better: "higher" })).toBe(true);
  expect(divideTo(100, 50, { value: 2, low: 1.9, high: 2.1, better: "higher" })).toBe(false);
});

test("values without a ratio, as zero, stay single", () => {
  expect(agreeingValues([0, 0], [5, 5], ratio(Number.NaN, null, null)).agree).toBe(true);
  expect(agreeingValues([5], [0], ratio(Number.POSITIVE_INFINITY, null, null)).agree).toBe(true);
});

test("whatever the launches, some quotient of what is shown is the ratio", () => {
  const random = seededRandom("agreeing values");
  for (let run = 0; run < 500; run++) {
    const n = 1 + Math.floor(random() * 12);
    const side = () =>
      Array.from({ length: n }, () => (random() < 0.6 ? 1 : 3 + random()) * (1 + random() / 9));
    const [of, over] = [side(), side()];
    const effect = hodgesLehmann(of.map((value, round) => Math.log(value / over[round]!)))!;
    const [value, low, high] = [effect.estimate, effect.low, effect.high].map((end) =>
      end === null ? null : Math.exp(end),
    );
    const shown = agreeingValues(of, over, ratio(value!, low!, high!));
    const nearly = shown.agree ? 1.05 : 1 + 1e-9;
    expect(shown.of.low / shown.over.high).toBeLessThanOrEqual(value! * nearly);
    expect(shown.of.high / shown.over.low).toBeGreaterThanOrEqual(value! / nearly);
  }
});
