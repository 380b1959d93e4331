import { describe, expect, test } from "vitest";
import { identifiable, varianceInflation } from "../../src/model/identifiable.ts";
import { weightedRidge } from "../../src/model/least-squares.ts";
import { robustRegression } from "../../src/model/robust-regression.ts";

const NO_PRIOR = { prior: [0, 0], priorSpread: [Infinity, Infinity] };

describe("least squares", () => {
  test("a line through three points: the normal equations by hand", () => {
    // y = a + b x through (0, 1), (1, 2), (2, 4): b = 3/2, a = 5/6.
    const rows = [
      [1, 0],
      [1, 1],
      [1, 2],
    ];
    const [a, b] = weightedRidge(rows, [1, 2, 4], [1, 1, 1], [0, 0], [0, 0]);
    expect(a).toBeCloseTo(5 / 6, 12);
    expect(b).toBeCloseTo(3 / 2, 12);
  });

  test("a ridge pulls towards its prior, in proportion", () => {
    // (y + r p) / (1 + r) with y = 4, p = 1, r = 2.
    expect(weightedRidge([[1]], [4], [1], [2], [1])[0]).toBeCloseTo(2, 12);
  });

  test("a column without rows is refused", () => {
    expect(() => weightedRidge([[1, 0]], [1], [1], [0, 0], [0, 0])).toThrow("column 1 is not identified");
  });
});

describe("robust regression", () => {
  const rows = [1, 2, 3, 4, 5, 6, 7, 8].map((x) => [1, x]);
  const line = rows.map(([, x]) => 10 + 3 * x!);

  test("finds an exact line", () => {
    const [a, b] = robustRegression({ rows, y: line, scales: rows.map(() => 1), ...NO_PRIOR });
    expect([a, b].map((value) => Math.round(value! * 1e6) / 1e6)).toEqual([10, 3]);
  });

  test("one wild value moves it little; least squares it would move far", () => {
    const y = line.map((value, index) => value + 0.1 * (-1) ** index + (index === 7 ? 1000 : 0));
    const [, slope] = robustRegression({ rows, y, scales: rows.map(() => 1), ...NO_PRIOR });
    const [, bent] = weightedRidge(
      rows,
      y,
      rows.map(() => 1),
      [0, 0],
      [0, 0],
    );
    expect(Math.abs(slope! - 3)).toBeLessThan(0.1);
    expect(bent! - 3).toBeGreaterThan(50);
  });
});

describe("columns that can be told apart", () => {
  test("a column in proportion to another is merged into it", () => {
    const found = identifiable(
      [
        [1, 2, 0],
        [2, 4, 1],
      ],
      3,
    );
    expect(found).toEqual({ kept: [0, 2], absent: [], merged: [{ column: 1, into: [0] }] });
  });

  test("a column that no row has is absent", () => {
    expect(identifiable([[1, 0]], 2)).toEqual({ kept: [0], absent: [1], merged: [] });
  });

  test("a mixture names what it is a mixture of", () => {
    const rows = [
      [1, 0, 1],
      [0, 1, 1],
    ];
    expect(identifiable(rows, 3).merged).toEqual([{ column: 2, into: [0, 1] }]);
  });
});

test("rows that fit exactly, but for rounding, don't take all weight from the others", () => {
  // Five rows hold the sum; only the two that disagree tell the columns apart.
  const sums = [1, 2, 3, 4, 5].map(() => [1, 1]);
  const rows = [...sums, [1, 0], [1, 0]];
  const y = [...sums.map(() => 0.1), 10, 30];
  const found = robustRegression({ rows, y, scales: rows.map(() => 1), ...NO_PRIOR });
  expect(found[0]).toBeCloseTo(20);
  expect(found[0]! + found[1]!).toBeCloseTo(0.1);
});

describe("columns that are told apart by little", () => {
  test("independent columns have an inflation of 1", () => {
    const inflation = varianceInflation(
      [
        [2, 0],
        [0, 5],
      ],
      2,
    );
    expect(inflation[0]).toBeCloseTo(1);
    expect(inflation[1]).toBeCloseTo(1);
  });

  test("two columns at an angle of 30 degrees have 4: 1 / sin² 30°", () => {
    const inflation = varianceInflation(
      [
        [1, Math.cos(Math.PI / 6)],
        [0, Math.sin(Math.PI / 6)],
      ],
      2,
    );
    for (const value of inflation) expect(value).toBeCloseTo(4);
  });
});
