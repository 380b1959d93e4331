import { expect, test } from "vitest";
import { buildView } from "../../../../src/report/run/view/build-view.ts";
import { fixture } from "../../fixture.ts";

const { manifest, summary, launches } = fixture({ rounds: 7, scenarios: ["files", "network", "goroutines"] });
const { matrices } = buildView(manifest, summary, launches).performance!;
const byNetwork = (network: string) => matrices.find((matrix) => matrix.network === network)!;
const rows = (network: string) => byNetwork(network).groups.flatMap((group) => group.rows);

test("each column says who evaluates its filter", () => {
  expect(
    byNetwork("none").columns.map(({ sandbox, seccomp, evaluator }) =>
      [sandbox, seccomp, evaluator].join(" "),
    ),
  ).toMatchInlineSnapshot(`
    [
      "unshare none ",
      "unshare default kernel",
      "unshare generated kernel",
      "runc none ",
      "runc default kernel",
      "runc generated kernel",
      "runsc systrap none ",
      "runsc systrap default Sentry",
      "runsc systrap generated Sentry",
      "runsc ptrace none ",
      "runsc ptrace default Sentry",
      "runsc ptrace generated Sentry",
    ]
  `);
});

test("the baseline is no column, and neither is what never ran", () => {
  const ids = matrices.flatMap(({ columns }) => columns.map(({ configuration }) => configuration));
  expect(ids.some((id) => id.startsWith("native") || id.includes("kvm"))).toBe(false);
});

test("a failed cell has no figure but its reason", () => {
  const index = byNetwork("host").columns.findIndex(
    ({ configuration }) => configuration === "runc/net=host/seccomp=generated",
  );
  const cell = rows("host").find(({ scenario }) => scenario === "files")?.cells[index];
  expect(cell).toEqual({
    estimate: null,
    ratio: null,
    missing: "failed: the program ended with exit code 2",
  });
});

test("an op that a network cannot have is in no row of it", () => {
  expect(rows("none").some(({ metric }) => metric === "tcp-rr-veth")).toBe(false);
  expect(rows("sandbox").some(({ metric }) => metric === "tcp-rr-veth")).toBe(true);
});

test("what native cannot have is compared with unshare, and the row says so", () => {
  const veth = rows("sandbox").find(({ metric }) => metric === "tcp-rr-veth")!;
  const baselines = new Set(veth.cells.map((cell) => cell.ratio?.baseline));
  expect(veth.native).toBeNull();
  expect(baselines).toEqual(new Set([undefined, "unshare/net=sandbox/seccomp=none"]));
  expect(veth.cells[0]!.missing).toBe("nothing to compare with");
});

test("a count is not a cost", () => {
  const lost = rows("none").find(({ metric }) => metric === "lost-updates")!;
  expect(lost.cells.map(({ ratio }) => ratio)).toEqual(lost.cells.map(() => null));
  expect(lost.cells[0]!.estimate?.text).toMatch(/^\d\d,\d{3} \[/);
});
