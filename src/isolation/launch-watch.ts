/** What a launch of the probe program said, and what was seen of it on the host in the moment in which it matters. */
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import type { LaunchOutcome } from "../run/launch/launch-outcome.ts";
import { killNow } from "../run/launch/process-tree.ts";
import { launchedProcesses, userNamespacesOf, viewHeld } from "./canaries/view-held.ts";
import { endedDuring, evidenceOf } from "./evidence.ts";
import { orphansOf } from "./orphans.ts";
import { findPosture } from "./posture/find-posture.ts";
import type { Posture } from "./posture/posture.ts";
import type { ProbeLaunch, ProbeLaunchResult } from "./probe-launch.ts";
import { type ProbeLine, ProbeLines, saidOf } from "./probe-lines.ts";
import { decide, type Seen } from "./verdict.ts";

export class LaunchWatch {
  readonly #launch: ProbeLaunch;
  readonly #token: string;
  readonly #bindDir: string;
  readonly #lines = new ProbeLines();
  readonly #started = new Set<string>();
  readonly #results = new Map<string, Extract<ProbeLine, { type: "result" }>>();
  readonly #evidence = new Map<string, string>();
  #userNamespaces: ReadonlySet<string> = new Set();
  #posture: Posture | null = null;
  #inside: Record<string, string> | null = null;

  constructor(launch: ProbeLaunch, token: string, bindDir: string) {
    this.#launch = launch;
    this.#token = token;
    this.#bindDir = bindDir;
  }

  take(chunk: string): void {
    for (const line of this.#lines.take(chunk)) this.#line(line);
  }

  #line(line: ProbeLine): void {
    switch (line.type) {
      case "ready":
        this.#inside = line.inside?.status ?? null;
        return;
      case "start":
        this.#started.add(line.probe);
        return;
      case "holding":
        this.#look(line.probe);
        this.#answer(line.probe);
        return;
      case "result":
        // The first word counts: what a hostile program adds is not asked for.
        if (this.#started.has(line.probe) && !this.#results.has(line.probe))
          this.#results.set(line.probe, line);
        return;
      case "end":
    }
  }

  #look(probe: string): void {
    const { held, canaries, probes, wanted } = this.#launch;
    const pids = launchedProcesses(held.runId, canaries.targets.sentinelPid);
    if (probe === "posture") {
      this.#userNamespaces = userNamespacesOf(pids);
      this.#posture = findPosture(pids, this.#token);
      return;
    }
    const canary = probes.find(({ name }) => name === probe)?.canary;
    if (canary?.kind !== "held") return;
    const seen = canary.look(
      viewHeld(pids, {
        nonce: canaries.nonce,
        userNamespacesBefore: this.#userNamespaces,
        sentinelPid: canaries.targets.sentinelPid,
        suidFile: join(this.#bindDir, `suid-${canaries.nonce}`),
        wanted,
      }),
    );
    if (seen !== null) this.#evidence.set(probe, seen);
  }

  /** The folder is the program's: what stands there already, a link for instance, is left alone. */
  #answer(probe: string): void {
    if (!/^[a-z-]+$/.test(probe)) return;
    try {
      closeSync(openSync(join(this.#bindDir, `seen-${probe}-${this.#launch.canaries.nonce}`), "wx"));
    } catch {
      // The probe waits for its limit, and goes on.
    }
  }

  async judged(outcome: LaunchOutcome): Promise<ProbeLaunchResult> {
    const { held, canaries, probes } = this.#launch;
    const orphans = await orphansOf(held.runId, canaries.nonce);
    for (const pid of orphans) killNow(pid);
    const lost = await canaries.lost();
    const left = probes.filter(({ name }) => !this.#started.has(name));
    const verdicts = probes
      .filter((probe) => !left.includes(probe))
      .map((probe) => {
        const result = this.#results.get(probe.name);
        const said = result === undefined ? endedDuring(outcome, probe.isAlone === true) : saidOf(result);
        const seen: Seen = {
          evidence:
            this.#evidence.get(probe.name) ??
            evidenceOf(probe.canary, canaries, result?.answer ?? "", orphans),
          lost: lost.get(probe.canary.kind) ?? null,
        };
        return { probe: probe.name, ...decide(said, seen) };
      });
    return { verdicts, left, posture: this.#posture, inside: this.#inside, outcome };
  }
}
