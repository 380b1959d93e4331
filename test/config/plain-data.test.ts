import { expect, test } from "vitest";
import { plainData } from "../../src/config/plain-data.ts";

test("data comes back as it is, getters read", () => {
  const config = {
    rounds: 3,
    matrix: {
      get sandbox() {
        return ["native"];
      },
    },
    exclude: [null, { cells: "a" }],
  };
  expect(plainData(config)).toEqual({
    rounds: 3,
    matrix: { sandbox: ["native"] },
    exclude: [null, { cells: "a" }],
  });
});

test("the same object at two places is no circle", () => {
  const shared = { maxRegression: 0.1 };
  expect(plainData({ a: shared, b: shared })).toEqual({ a: shared, b: shared });
});

class Broken {
  get rounds(): number {
    throw new Error("not today");
  }
}
const circle: Record<string, unknown> = {};
circle.matrix = { again: circle };

test.each<[string, unknown, string]>([
  [
    "a getter that throws",
    { check: [Object.defineProperty({}, "x", { enumerable: true, get: () => new Broken().rounds })] },
    "check[0].x: reading it throws: not today",
  ],
  [
    "a proxy that throws",
    {
      a: new Proxy(
        {},
        {
          ownKeys: () => {
            throw "no";
          },
        },
      ),
    },
    "a: reading it throws: no",
  ],
  ["an object that contains itself", circle, "matrix.again: it contains itself"],
  ["a promise", { scenarios: Promise.resolve([]) }, "scenarios: it is a promise: await it."],
  ["a map, which has no properties", { matrix: new Map([["sandbox", []]]) }, "Object.fromEntries(map)"],
  ["a set", { scenarios: new Set(["cpu"]) }, "[...set]"],
  ["a date as the whole", new Date(0), "the configuration: it is an object of JavaScript's own"],
])("%s is named with its place", (_, config, message) => {
  expect(() => plainData(config)).toThrow(message);
});
