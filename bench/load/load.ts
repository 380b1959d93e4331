/** The load generator itself: how far its latencies are from the model's, and the highest rate that one core sends. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { execa } from "execa";
import { goEnv } from "../../src/base/go-env.ts";
import { type LoadEvent, parseEvent } from "../../src/run/load/events.ts";
import { buildGo } from "../../src/workload/go-build.ts";
import { buildHelper } from "../../src/workload/programs.ts";
import type { Figure } from "../figure.ts";
import { median } from "../paired-ratio.ts";

const ROOT = join(import.meta.dirname, "../..");
const REPEATS = 5;
const GOAL_OFF_PERCENT = 5;
const GOAL_RATE = 50_000;

export async function load(): Promise<Figure[]> {
  return [...(await againstModel()), ...(await highestRates())];
}

/** The Go test prints how far it is from wrk2's model, on a fake server that tells how long it took for each answer. */
async function againstModel(): Promise<Figure[]> {
  const { stdout } = await execa("go", testCommand(), {
    cwd: join(ROOT, "src/go"),
    env: await goEnv(process.env, { cgo: false }),
    extendEnv: false,
    reject: false,
    timeout: 200_000,
    stdin: "ignore",
  });
  const lines = [...stdout.matchAll(/(p\d+) is [\d.]+ ms, the model says [\d.]+ ms \(([-+][\d.]+) %\)/g)];
  return ["p50", "p99"].map((name) => {
    const off = lines
      .filter(([, quantile]) => quantile === name)
      .map(([, , percent]) => Math.abs(Number(percent)));
    if (off.length === 0) throw new Error(`the model's test printed nothing:\n${stdout.slice(-2000)}`);
    const worst = Math.max(...off);
    return {
      name: `${name} against wrk2's model, known service times (4 queues, ${REPEATS} times each)`,
      seen: `median ${median(off).toFixed(1)} % off, worst ${worst.toFixed(1)} %, n=${off.length}`,
      goal: name === "p99" ? `within ${GOAL_OFF_PERCENT} %` : "none",
      met: name === "p99" ? worst <= GOAL_OFF_PERCENT : null,
    };
  });
}

function testCommand(): string[] {
  return ["test", "-run", "TestLatencyIsThatOfTheModel", "-v", `-count=${REPEATS}`, "./internal/load"];
}

async function highestRates(): Promise<Figure[]> {
  const server = await buildGo({
    moduleDir: join(import.meta.dirname, "fast-server"),
    packagePath: "./",
    cgo: false,
  });
  const child = spawn("chrt", ["--fifo", "1", "taskset", "-c", "1", server], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
    const found: number[] = [];
    let lag = "";
    for (let repeat = 0; repeat < REPEATS; repeat += 1) {
      for (const event of await drive(Number(line), repeat + 1)) {
        if (event.type === "done") found.push(event.capacity.holds);
        if (event.type === "phase")
          lag = `${(event.result.lag.p99 / 1e3).toFixed(0)} µs at ${event.result.rate}/s`;
        if (event.type === "failed") lag = event.detail;
      }
    }
    const middle = found.length === 0 ? 0 : median(found);
    const range = found.length === 0 ? "none held" : `${Math.min(...found)} to ${Math.max(...found)}`;
    return [
      {
        name: "requests/s of HTTP/1.1 by one core, every one answered, p99 within 20 ms, native loopback",
        seen: `median ${middle.toLocaleString("en")}, ${range}, n=${found.length}; own lag p99 ${lag}`,
        goal: `>= ${GOAL_RATE.toLocaleString("en")}`,
        met: middle >= GOAL_RATE,
      },
    ];
  } finally {
    child.kill("SIGKILL");
  }
}

/** The generator sends from one thread; the server has core 1, before everything else. */
async function drive(port: number, seed: number): Promise<LoadEvent[]> {
  const plan = {
    protocol: "http1",
    host: "127.0.0.1",
    port,
    method: "GET",
    path: "/",
    connections: 32,
    arrivals: "constant",
    seed,
    rates: [20_000],
    warmupMs: 200,
    durationMs: 1000,
    timeoutMs: 1000,
    upTimeoutMs: 2000,
    p99LimitMs: 20,
    refine: 8,
    maxLagMs: 5,
  };
  const generator = execa(await buildHelper("sbx-load"), {
    stdin: "pipe",
    reject: false,
    timeout: 60_000,
  });
  generator.stdin?.write(`${JSON.stringify(plan)}\n\n`);
  const { stdout } = await generator;
  return stdout.split("\n").filter(Boolean).map(parseEvent);
}
