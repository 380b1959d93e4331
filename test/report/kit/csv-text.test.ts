import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { csvText } from "../../../src/report/kit/csv-text.ts";
import { parseCsv } from "../csv-records.ts";

const cell = (value: string | number | null) => parseCsv(csvText(["head"], [[value]]))[1]![0];

test.each(["=1+1", '=HYPERLINK("http://x")', "+1+1", "-2+3", "-cmd", "@SUM(1)", "＝1", "--flag=x"])(
  "%s is text to a spreadsheet",
  (text) => {
    expect(cell(text)).toBe(`'${text}`);
  },
);

test.each([-1.5, 0, 1e-9, -3e21])("the number %s stays one", (value) => {
  expect(cell(value)).toBe(String(value));
});

test.each(["-1.5", "+12", "-3e-7", "a=1", "[-1, 2]", "'quoted'"])("%s stays as it is", (text) => {
  expect(cell(text)).toBe(text);
});

test("a tab or a carriage return in front is visible, and hides no formula", () => {
  expect(["\t=1", "\r=1"].map(cell)).toEqual(["\\t=1", "\\r=1"]);
});

test("the page's own CSV button knows the same formulas", () => {
  const read = (file: string) =>
    readFileSync(join(import.meta.dirname, "../../../src/report/kit", file), "utf8");
  const patterns = (text: string) => text.match(/\/\^\[[^\n]*?\/i?(?=\.test)/g);
  expect(patterns(read("csv-text.ts"))?.length).toBe(2);
  expect(patterns(read("report.client.js"))).toEqual(patterns(read("csv-text.ts")));
});
