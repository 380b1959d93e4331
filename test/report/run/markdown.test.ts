import { expect, test } from "vitest";
import {
  markdownBlock,
  markdownCode,
  markdownTable,
  markdownText,
} from "../../../src/report/kit/markdown-text.ts";
import { renderMarkdown } from "../../../src/report/run/markdown.ts";
import { buildView } from "../../../src/report/run/view/build-view.ts";
import { type FixtureOptions, fixture } from "../fixture.ts";

function markdownOf(options: FixtureOptions) {
  const { manifest, summary, launches } = fixture({ rounds: 7, ...options });
  return renderMarkdown(buildView(manifest, summary, launches));
}

const text = markdownOf({});

test("the headline and its table come first", () => {
  expect(text.slice(0, text.indexOf("## What to notice"))).toMatchInlineSnapshot(`
    "# What the sandboxes cost on this host

    7 rounds, preset quick, seed 4711, 23 November 2026, 10:15 UTC. 254 cells measured, 1 failed, 63 unavailable, 4 excluded.

    **On this host a system call costs 8.0 times native under runsc systrap [7.5, 8.4]: 1.33 µs against 169 ns. Start-up takes 190 ms against 1.04 ms; an idle sandbox holds 38.2 MiB against 3.54 MiB; computation costs 1.06 times native [1.06, 1.07] (sort of 10,000 integers, the dearest of 3 operations). Brackets: 95 % interval over 7 launches.**

    |  |  | interval | the others |
    | --- | --- | --- | --- |
    | System call (getpid) | 8.0x | 8.05x [7.47, 8.38] n=7; 169 ns → 1.33 µs | unshare 1.01x, runc 0.97x, runsc ptrace 98x |
    | Start-up | 190 ms | 190 ms [182, 198] n=7 | native 1.04 ms, unshare 3.55 ms, runc 55.7 ms, runsc ptrace 177 ms |
    | Memory of an idle sandbox (PSS) | 38.2 MiB | 38.2 MiB [35.3, 39.8] n=7 | native 3.54 MiB, unshare 5.63 MiB, runc 5.79 MiB, runsc ptrace 32.9 MiB |
    | Computation (sort of 10,000 integers) | 1.06x | the dearest of 3 operations: 1.06x [1.06, 1.07] n=7; 611 µs → 647 µs | unshare 1.00x, runc 1.00x, runsc ptrace 1.00x |

    "
  `);
});

test("every table has as many cells in each row as in its head", () => {
  const cells = (line: string) => line.replaceAll("\\|", "").split("|").length;
  for (const table of text.split("\n\n").filter((part) => part.startsWith("| "))) {
    const [head, ...rows] = table.trimEnd().split("\n");
    expect(rows.map(cells)).toEqual(rows.map(() => cells(head!)));
  }
});

test("the sections are those of the report", () => {
  expect(text.match(/^## .*/gm)).toMatchInlineSnapshot(`
    [
      "## What to notice",
      "## What each layer adds",
      "## Where the cost is: every operation, network none",
      "## Not one number: how single calls are spread",
      "## How long a launch takes, and which part of it",
      "## What the host pays in memory",
      "## What has no number, and why",
      "## Checks",
      "## Warnings",
      "## Where the numbers come from",
    ]
  `);
});

test("an emulated run is marked and has no figures", () => {
  const emulated = markdownOf({ emulated: true, scenarios: ["syscalls"] });
  expect(emulated).toContain("> [!CAUTION]\n> Functional test only.");
  expect(emulated).not.toMatch(/\d (ns|µs)\b/);
});

test("text of programs stays in its place", () => {
  expect(markdownTable(["a|b"], [["<script>\n*x*"]])).toBe("| a\\|b |\n| --- |\n| &lt;script> \\*x\\* |");
  expect(markdownText("clock_gettime [1, 2] _x_ [a](b)")).toBe("clock_gettime [1, 2] \\_x\\_ [a\\](b)");
  expect(markdownCode("a`b")).toBe("``a`b``");
  expect(markdownBlock("```\nx")).toBe("````text\n```\nx\n````");
});
