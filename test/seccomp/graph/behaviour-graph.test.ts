import { expect, test } from "vitest";
import { callSet } from "../../../src/seccomp/filter/call-set.ts";
import { behaviourGraph, graphDot } from "../../../src/seccomp/graph/behaviour-graph.ts";
import { site, staticCalls } from "../made-calls.ts";

const path = ["main.main", "main.load", "os.Open", "os.openFileNolog", "syscall.openat"];
const sites = [site({ function: "syscall.openat", via: "syscall.Syscall6", path })];
const graph = behaviourGraph(
  callSet({
    static: staticCalls({ calls: [{ number: 257, sites }] }),
    observed: null,
    libc: [],
    launchers: [],
  }),
);

test("a way leads from the program's last function over Go's API and the wrapper to the call", () => {
  expect(graph.edges.map(({ from, to }) => `${from} ${to}`)).toEqual([
    "main.load os.Open",
    "os.Open syscall.openat",
    "syscall.Syscall6 call:openat",
    "syscall.openat syscall.Syscall6",
  ]);
});

test("the program's own functions and Go's are different kinds", () => {
  const kinds = Object.fromEntries(graph.nodes.map(({ id, kind }) => [id, kind]));
  expect(kinds).toMatchObject({ "main.load": "program", "os.Open": "library", "call:openat": "call" });
});

test("names with quotes do not break out of the drawing", () => {
  const hostile = { ...graph, nodes: [{ id: 'main."]; evil', kind: "program" as const, labels: [] }] };
  expect(graphDot(hostile, "p")).toContain('"main.\\"]; evil"');
});

test("a name that steers a terminal is made visible", () => {
  const hostile = { ...graph, nodes: [{ id: "main.\u001b[2J", kind: "program" as const, labels: [] }] };
  expect(graphDot(hostile, "p")).not.toContain("\u001b");
});
