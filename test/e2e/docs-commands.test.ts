/** Every command that the documentation shows is run, in a copy of the checkout with a small matrix. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyCheckout } from "./checkout-copy.ts";

const ROOT = join(import.meta.dirname, "..", "..");

/** Run elsewhere, for the reason given. */
const ELSEWHERE = new Map([
  [
    "bin/sbx-bench predict -- gzip -kc /usr/bin/perl",
    "needs the cells of a model; predict.test.ts measures them",
  ],
  [
    "bin/sbx-bench predict --cells 'runsc/*' --verify -- sort -u /etc/services",
    "needs the cells of a model; predict.test.ts measures them",
  ],
  ["bin/sbx-bench run -- gzip -kc /usr/bin/perl", "takes a minute; program-run.test.ts runs smaller ones"],
  [
    "bin/sbx-bench run --program 'zip=gzip -kc /usr/bin/perl' --program 'sum=sha256sum /usr/bin/perl'",
    "takes two minutes; program-run.test.ts runs smaller ones",
  ],
  [
    "bin/sbx-bench run --serve 8080 --rates 100,500,2000 -- ./server --listen :8080",
    "needs a server; server.test.ts measures one",
  ],
  ["npm start", "installs and measures for minutes; `npm run bench -- npm-start` runs it"],
  ["npm test", "is what runs this test"],
  [
    "bin/sbx-bench tune -- gzip -kc /usr/bin/perl",
    "needs the cells of a model, which take a minute; tune.test.ts measures them",
  ],
  ["npm run test:kvm", "boots emulated machines for minutes; npm test does the same"],
  ["npm run test:kvm -- --all-kernels", "boots emulated machines for minutes; npm test does the same"],
]);

/** Small enough that each command takes seconds; file values win over presets. */
const SMALL_CONFIG = `import { defineConfig } from "sbx-bench";
export default defineConfig({
  matrix: { sandbox: ["native", "runsc"], platform: ["systrap"], network: ["none", "host"], seccomp: ["none"] },
  scenarios: ["startup"],
  rounds: 1,
});
`;

type Shown = { file: string; command: string };

function shownCommands(): Shown[] {
  const docs = readdirSync(join(ROOT, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name));
  return ["README.md", ...docs].flatMap((file) =>
    [...readFileSync(join(ROOT, file), "utf8").matchAll(/^```sh\n(.*?)^```/gms)].flatMap((block) =>
      (block[1] ?? "")
        .split("\n")
        .map((line) => line.replace(/\s+# .*$/, "").trim())
        .filter((command) => command !== "")
        .map((command) => ({ file, command })),
    ),
  );
}

describe("the documentation's commands", () => {
  let copy = "";
  let lastFile = "";

  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), "sbx-bench-docs-"));
    copyCheckout(copy);
    // Documentation stages files; an empty repository is enough for that.
    execFileSync("git", ["init", "-q"], { cwd: copy });
  });

  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  const commands = shownCommands().filter(({ command }) => !ELSEWHERE.has(command));

  it("are found", () => {
    expect(commands.length).toBeGreaterThan(10);
  });

  it.for(commands)("$file: $command", { timeout: 240_000 }, ({ file, command }) => {
    if (file !== lastFile) {
      // Each page starts with the small configuration and no baseline; runs of earlier pages are there.
      writeFileSync(join(copy, "bench.config.ts"), SMALL_CONFIG);
      rmSync(join(copy, "baselines"), { recursive: true, force: true });
      lastFile = file;
    }
    if (command.includes("--resume")) breakOff(copy);
    // Benches measure for minutes; that they exist and are named right is what can be run here.
    const run = command.replace(
      /^npm run bench -- (.*)$/,
      "bin/with-node node bench/main.ts --list | grep -Fx '$1'",
    );
    try {
      execFileSync("bash", ["-euo", "pipefail", "-c", run], {
        cwd: copy,
        timeout: 230_000,
        stdio: ["ignore", "pipe", "pipe"],
      });
    } catch (error) {
      // That a host is too busy for a measurement is an answer, and says nothing against the documentation.
      if (!/the host is too busy/.test(String((error as { stderr?: Buffer }).stderr))) throw error;
    }
  });
});

/** As if the newest run had been killed before its end. */
function breakOff(copy: string): void {
  const file = join(copy, "reports", "latest", "run.json");
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), endedAt: null }));
}
