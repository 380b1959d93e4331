import { expect, test } from "vitest";
import { normalCdf, normalQuantile } from "../../src/stats/distributions/normal.ts";
import { studentTCdf, studentTQuantile } from "../../src/stats/distributions/student-t.ts";

test.each([
  [0, 0.5],
  [1, 0.8413447460685429],
  [-1.96, 0.024997895148220435],
  [-5, 2.866515718791939e-7],
  [-10, 7.619853024160527e-24],
])("normal: P(Z <= %d)", (z, p) => {
  expect(normalCdf(z) / p).toBeCloseTo(1, 12);
});

test.each([
  [0.975, 1.959963984540054],
  [0.8, 0.8416212335729143],
  [1e-9, -5.997807015007686],
])("normal: quantile of %d", (p, z) => {
  expect(normalQuantile(p)).toBeCloseTo(z, 11);
});

test.each([
  [0.975, 1, 12.706204736432095],
  [0.975, 2, 4.302652729696142],
  [0.975, 9, 2.2621571627409915],
  [0.95, 30, 1.697260886593957],
  [0.025, 1000, -1.962339080792193],
])("Student: quantile of %d with %d degrees of freedom", (p, freedom, t) => {
  expect(studentTQuantile(p, freedom)).toBeCloseTo(t, 9);
});

test("Student: closed forms with 1 and 2 degrees of freedom", () => {
  for (const t of [-30, -2, -0.1, 0, 0.5, 7]) {
    expect(studentTCdf(t, 1)).toBeCloseTo(0.5 + Math.atan(t) / Math.PI, 13);
    expect(studentTCdf(t, 2)).toBeCloseTo(0.5 + t / (2 * Math.sqrt(2 + t * t)), 13);
  }
});
