/** What the tests of use cases share: a folder, a configuration of the fake driver, and a context that remembers. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import type { BenchConfig } from "../../src/config/define-config.ts";
import { resolveConfig } from "../../src/config/resolve.ts";
import type { ResolvedConfig } from "../../src/config/resolved-config.ts";
import type { FakeFault } from "../../src/sandbox/fake.ts";
import { PLAIN_SETTINGS, type RunSettings } from "../../src/use-cases/run/prepare-new.ts";
import { type Ran, type RunRequest, run } from "../../src/use-cases/run/run.ts";
import type { UseCaseContext, UseCaseEvent } from "../../src/use-cases/use-case.ts";
import { useOwnCache } from "../run/own-cache.ts";

export type RecordedContext = UseCaseContext & { events: UseCaseEvent[]; stop(): void };

export function recordingContext(onEvent: (event: UseCaseEvent) => void = () => {}): RecordedContext {
  const controller = new AbortController();
  const events: UseCaseEvent[] = [];
  return {
    events,
    abort: controller.signal,
    stop: () => controller.abort(),
    say(event) {
      events.push(event);
      onEvent(event);
    },
  };
}

/** Warnings that were said. */
export function warningsOf({ events }: RecordedContext): string[] {
  return events.flatMap((event) => (event.type === "warning" ? [event.message] : []));
}

/** A folder of this test file, with a cache of its own. */
export function useFolder(): { path: string } {
  const folder = { path: "" };
  useOwnCache();
  beforeAll(() => {
    folder.path = mkdtempSync(join(tmpdir(), "sbx-use-"));
  });
  afterAll(() => rmSync(folder.path, { recursive: true, force: true }));
  return folder;
}

/** Two cells of the fake driver, unless it is told otherwise. */
export function fakeConfig(folder: string, config: BenchConfig = {}): ResolvedConfig {
  return resolveConfig(
    {
      matrix: { sandbox: ["fake"], network: ["none", "host"], seccomp: ["none"] },
      scenarios: ["syscalls"],
      scenarioDir: join(import.meta.dirname, "../../scenarios"),
      out: join(folder, "runs"),
      baselines: join(folder, "baselines"),
      rounds: 7,
      ...config,
    },
    {},
    "test",
    folder,
  );
}

export const SETTINGS: RunSettings = { ...PLAIN_SETTINGS, twins: "none", commandLine: ["test"] };

/** Of a request that is not interrupted before anything is measured. */
export async function ranOf(request: RunRequest, context: UseCaseContext = recordingContext()): Promise<Ran> {
  const ran = await run(request, context);
  if (ran === null) throw new Error("nothing was measured");
  return ran;
}

/** A run without twins. */
export function runFake(
  config: ResolvedConfig,
  context: UseCaseContext = recordingContext(),
  fakeFaults: FakeFault[] = [],
): Promise<Ran> {
  return ranOf({ ...SETTINGS, measured: { kind: "matrix", config }, fakeFaults }, context);
}
