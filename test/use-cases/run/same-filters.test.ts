import { expect, test } from "vitest";
import { requireSameFilters } from "../../../src/use-cases/run/same-filters.ts";

test("a run is not resumed under a filter that was changed since", () => {
  const resume = (now: string) => () => requireSameFilters("run-1", { "f.json": "aa" }, { "f.json": now });
  expect(resume("bb")).toThrow(
    /run-1 can't be resumed.*f\.json has other contents: sha256 aa… then, bb… now/,
  );
  expect(resume("aa")).not.toThrow();
  expect(() => requireSameFilters("run-1", undefined, { "f.json": "bb" })).not.toThrow();
});
