import { expect, test } from "vitest";
import { PROBES } from "../../../src/isolation/catalogue/catalogue.ts";
import { chosenProbes } from "../../../src/use-cases/probes/choose-probes.ts";

test("without names all probes are chosen", () => {
  expect(chosenProbes(null)).toEqual(PROBES);
});

test("groups and probes are chosen once, in the order of the catalogue", () => {
  expect(chosenProbes(["orphan", "kernel", "bpf"]).map(({ name }) => name)).toEqual([
    "bpf",
    "perf-event",
    "io-uring",
    "userfaultfd",
    "orphan",
  ]);
});

test("a wrong name is answered with the nearest", () => {
  expect(() => chosenProbes(["io_uring"])).toThrow(
    expect.objectContaining({ why: expect.stringContaining('Did you mean "io-uring"?'), exitCode: 2 }),
  );
});
