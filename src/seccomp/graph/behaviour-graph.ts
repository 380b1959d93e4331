/** The behaviour graph: function of the program -> API of Go -> wrapper -> system call. Pure. */
import { visibleText } from "../../base/visible-text.ts";
import type { CallSet } from "../filter/call-set.ts";

type GraphNode = { id: string; kind: "program" | "library" | "call"; labels: string[] };
type GraphEdge = { from: string; to: string; sites: number };
export type BehaviourGraph = {
  schema: "sbx-bench/behaviour-graph@1";
  nodes: GraphNode[];
  edges: GraphEdge[];
};

/** A way of more functions is shown by its ends: where it leaves the program's packages, and who makes the call. */
export function behaviourGraph({ calls }: CallSet): BehaviourGraph {
  const nodes = new Map<string, GraphNode>();
  const edges = new Map<string, GraphEdge>();
  for (const { name, labels, sites } of calls) {
    nodes.set(`call:${name}`, { id: `call:${name}`, kind: "call", labels: [...labels] });
    for (const { path, via, function: holder } of sites) {
      const way = shortened(path, holder, via);
      for (const id of way) nodes.set(id, { id, kind: isProgram(id) ? "program" : "library", labels: [] });
      for (const [from, to] of pairs([...way, `call:${name}`])) {
        const edge = edges.get(`${from} ${to}`) ?? { from, to, sites: 0 };
        edge.sites += 1;
        edges.set(`${from} ${to}`, edge);
      }
    }
  }
  return {
    schema: "sbx-bench/behaviour-graph@1",
    nodes: [...nodes.values()].sort((a, b) => compare(a.id, b.id)),
    edges: [...edges.values()].sort((a, b) => compare(a.from, b.from) || compare(a.to, b.to)),
  };
}

/** Go's own `main`, and packages whose path has a host; the standard library's have none. */
function isProgram(name: string): boolean {
  return name.startsWith("main.") || /^[^/]*\.[^/]*\//.test(name);
}

/** Last function of the program, first of a library behind it, holder of the number, wrapper. */
function shortened(path: readonly string[], holder: string, via: string | undefined): string[] {
  const last = path.findLastIndex(isProgram);
  const ends = last === -1 ? path.slice(0, 1) : path.slice(last, last + 2);
  return [...new Set([...ends, holder, ...(via === undefined ? [] : [via])])];
}

function pairs(list: readonly string[]): [string, string][] {
  return list.slice(1).map((to, index) => [list[index] ?? "", to]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** For Graphviz. @param name of the program */
export function graphDot({ nodes, edges }: BehaviourGraph, name: string): string {
  const shapes = { program: "box", library: "ellipse", call: "octagon" };
  return `digraph ${quoted(name)} {
  rankdir=LR;
${nodes.map(({ id, kind }) => `  ${quoted(id)} [label=${quoted(id.replace(/^call:/, ""))}, shape=${shapes[kind]}];`).join("\n")}
${edges.map(({ from, to, sites }) => `  ${quoted(from)} -> ${quoted(to)} [label=${quoted(String(sites))}];`).join("\n")}
}
`;
}

function quoted(text: string): string {
  return `"${visibleText(text).replaceAll(/["\\]/g, "\\$&")}"`;
}
