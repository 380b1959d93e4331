/** A run in a folder that can be committed: its manifest, and its launches in one compressed file. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { LAUNCHES_FILE, MANIFEST_FILE } from "../../src/run/run-folder.ts";
import { parseLaunchLine } from "../../src/samples/launch-log.ts";
import type { LaunchRecord } from "../../src/samples/launch-record.ts";
import type { RunManifest } from "../../src/samples/run-manifest.ts";

export type PackedRun = { manifest: RunManifest; launches: LaunchRecord[] };

const PACKED_FILE = `${LAUNCHES_FILE}.gz`;

const README = `# What the gate was tried on

Real launches by \`npm run bench:gate -- collect\`; \`npm run bench:gate -- analyse\` resamples them.

- \`${MANIFEST_FILE}\`: the run as every run keeps it: cells, host, versions, parameters
- \`${PACKED_FILE}\`: one line a launch, as in every run's \`${LAUNCHES_FILE}\`; read it with \`zcat\`

A cell's twin (\`~twin\`) is the same cell once more in the same round. Cells of \`syscalls-burn5\` and
\`startup-burn5-…\` were really slowed by 5 %, in every fifth round: parameters \`burnShare\` and \`burnNs\` of the scenarios.
`;

/** Settings that name folders of the machine are left out: they say nothing about the measurement. */
export function packRun({ manifest, launches }: PackedRun, dir: string): void {
  mkdirSync(dir, { recursive: true });
  const {
    scenarioDir: _a,
    out: _b,
    baselines: _c,
    baseDir: _d,
    ...config
  } = manifest.config as Record<string, unknown>;
  writeFileSync(join(dir, MANIFEST_FILE), `${JSON.stringify({ ...manifest, config }, null, 1)}\n`);
  const lines = launches.map((launch) => `${JSON.stringify(launch)}\n`).join("");
  writeFileSync(join(dir, PACKED_FILE), gzipSync(lines, { level: 9 }));
  writeFileSync(join(dir, "README.md"), README);
}

/** @throws Error where the folder holds no collected data, or a line is no launch */
export function readPackedRun(dir: string): PackedRun {
  const file = join(dir, PACKED_FILE);
  if (!existsSync(file))
    throw new Error(`${dir} holds no ${PACKED_FILE}: run \`npm run bench:gate -- collect\` first`);
  const manifest = JSON.parse(readFileSync(join(dir, MANIFEST_FILE), "utf8")) as RunManifest;
  const lines = gunzipSync(readFileSync(file)).toString("utf8").trimEnd().split("\n");
  const launches = lines.map((line, index) => {
    const parsed = parseLaunchLine(line);
    if (typeof parsed === "string") throw new Error(`${file}:${index + 1}: ${parsed}`);
    return parsed;
  });
  return { manifest, launches };
}
