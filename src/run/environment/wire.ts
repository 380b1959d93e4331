/** network=sandbox: two network namespaces joined by a veth pair, and the far end that runs in the second. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { execa } from "execa";
import { SbxError } from "../../base/errors.ts";
import { OWN_SESSION } from "../../base/own-session.ts";
import { parseLine } from "../../workload/protocol.ts";
import { identify, killNow } from "../launch/process-tree.ts";
import { RUN_ENV } from "./launch-env.ts";
import type { Ledger } from "./ledger.ts";

/** From 198.18.0.0/15, set aside for benchmarks (RFC 2544); both ends are in namespaces, so runs can't collide. */
export const SANDBOX_ADDRESS = "198.18.0.2";
const SANDBOX_CIDR = `${SANDBOX_ADDRESS}/24`;
const PEER_CIDR = "198.18.0.1/24";
export const PEER_ADDRESS = "198.18.0.1";

const TOOL_LIMIT_MS = 10_000;
const PEER_READY_MS = 10_000;

export class Wire {
  readonly sandboxNetns: string;
  readonly #peerNetns: string;
  readonly #tool: string;
  readonly #ledger: Ledger;
  readonly #peers = new Map<string, { child: ChildProcess; ready: Promise<void> }>();

  private constructor(tool: string, dir: string, ledger: Ledger) {
    this.#tool = tool;
    this.#ledger = ledger;
    this.sandboxNetns = join(dir, "netns-sandbox");
    this.#peerNetns = join(dir, "netns-peer");
  }

  /** @throws SbxError (exit code 4) when the host refuses */
  static async create(tool: string, dir: string, ledger: Ledger): Promise<Wire> {
    const wire = new Wire(tool, dir, ledger);
    ledger.add({ kind: "netns", files: [wire.sandboxNetns, wire.#peerNetns] });
    await wire.#run("create", ["sbx", SANDBOX_CIDR, PEER_CIDR, wire.sandboxNetns, wire.#peerNetns]);
    return wire;
  }

  /** runsc takes the address off the interface for its own stack; the next launch needs it back. */
  async restore(): Promise<void> {
    await this.#run("restore", [this.sandboxNetns, SANDBOX_CIDR]);
  }

  /** Starts the far end of a scenario once; later calls wait for the same one while it lives. */
  async ensurePeer(program: string, env: Readonly<Record<string, string>>): Promise<void> {
    const running = this.#peers.get(program);
    if (running !== undefined && isRunning(running.child)) return running.ready;
    const [command = "", ...args] = this.atPeer(program);
    const child = spawn(command, args, {
      env: { ...env, SBX_ROLE: "peer", [RUN_ENV]: this.#ledger.runId },
      stdio: ["pipe", "pipe", "ignore"],
      detached: true,
    });
    const self = child.pid === undefined ? null : identify(child.pid);
    if (self !== null) this.#ledger.add({ kind: "process", process: self });
    // Its later output is of no interest, but an unread pipe would block it.
    const ready = untilReady(child).then(() => void child.stdout?.resume());
    this.#peers.set(program, { child, ready });
    return ready;
  }

  /** A command line that runs the program at the far end. */
  atPeer(program: string): string[] {
    return ["nsenter", `--net=${this.#peerNetns}`, "--", program];
  }

  async remove(): Promise<void> {
    for (const { child } of this.#peers.values()) {
      if (child.pid !== undefined && isRunning(child)) {
        killNow(child.pid);
        await once(child, "exit");
      }
    }
    await this.#run("delete", [this.sandboxNetns, this.#peerNetns]);
  }

  async #run(verb: string, args: string[]): Promise<void> {
    const done = await execa(this.#tool, [verb, ...args], {
      reject: false,
      timeout: TOOL_LIMIT_MS,
      stdin: "ignore",
      ...OWN_SESSION,
    });
    if (done.exitCode === 0) return;
    throw new SbxError({
      what: `The veth pair for network=sandbox could not be ${verb}d`,
      why: done.stderr.trim() || done.shortMessage || "sbx-netns failed",
      fix: "Run as root (CAP_NET_ADMIN and CAP_SYS_ADMIN), or leave out network=sandbox.",
      exitCode: 4,
    });
  }
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

async function untilReady(child: ChildProcess): Promise<void> {
  const limit = AbortSignal.timeout(PEER_READY_MS);
  if (child.stdout === null) return;
  const lines = createInterface({ input: child.stdout, signal: limit });
  for await (const line of lines) {
    const said = parseLine(line);
    if (!("garbage" in said) && said.type === "ready") return;
  }
  throw new SbxError({
    what: "The far end of the veth pair did not start",
    why: `It did not say "ready" within ${PEER_READY_MS / 1000} s.`,
    fix: "Start the scenario's program with SBX_ROLE=peer by hand and look at what it says.",
    exitCode: 4,
  });
}
