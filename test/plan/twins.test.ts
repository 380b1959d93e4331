import { expect, test } from "vitest";
import type { Configuration } from "../../src/axes/configuration.ts";
import type { Cell } from "../../src/plan/cell.ts";
import { sidedCells } from "../../src/plan/sided-cells.ts";
import { allTwins, fewTwins } from "../../src/plan/twins.ts";

const NATIVE: Configuration = { sandbox: "native", platform: null, network: "host", seccomp: "none" };
const RUNC: Configuration = { sandbox: "runc", platform: null, network: "none", seccomp: "none" };
const cell = (id: string, config: Configuration, status: Cell["status"] = "planned"): Cell => ({
  id,
  config,
  scenario: "s",
  status,
  reason: null,
});
const many = [cell("n", NATIVE), ...Array.from({ length: 99 }, (_, index) => cell(`r${index}`, RUNC))];
const durations = Object.fromEntries(many.map(({ id }) => [id, 10]));
const choose = (cells: Cell[], isKnown: (id: string) => boolean = () => false) =>
  fewTwins({ cells, durations, seed: "1", isKnown }).map(({ twinOf }) => twinOf);

test("every planned cell has its twin in an A/A run", () => {
  const twins = allTwins([cell("n", NATIVE), cell("r", RUNC, "excluded")]);
  expect(twins).toEqual([{ ...cell("n~twin", NATIVE), twinOf: "n" }]);
});

test("an ordinary run has the baseline's and two others", () => {
  const chosen = choose(many);
  expect(chosen).toHaveLength(3);
  expect(chosen[0]).toBe("n");
});

test("the same seed chooses the same twins", () => {
  expect(choose(many)).toEqual(choose(many));
});

test("cells with an unknown noise floor go first", () => {
  expect(choose(many, (id) => id !== "r42" && id !== "r7").sort()).toEqual(["n", "r42", "r7"]);
});

test("twins take no more than 5 % of the time", () => {
  expect(choose(many.slice(0, 10))).toEqual([]);
  expect(choose(many.slice(0, 20))).toEqual(["n"]);
  const dear = { ...durations, n: 500 };
  expect(
    fewTwins({ cells: many, durations: dear, seed: "1", isKnown: () => false }).map(({ twinOf }) => twinOf),
  ).not.toContain("n");
});

test("the sides of an interleaved run have ids of their own", () => {
  const sides = sidedCells({ a: [cell("n", NATIVE)], b: [cell("n", NATIVE)] });
  expect(sides.map(({ id, side }) => [id, side])).toEqual([
    ["a:n", "a"],
    ["b:n", "b"],
  ]);
});
