/** Each probe reads *reached* where a hole was planted for it, and is stopped where it was closed. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Configuration } from "../../src/axes/configuration.ts";
import { resolveConfig } from "../../src/config/resolve.ts";
import { PROBES, probeNamed } from "../../src/isolation/catalogue/catalogue.ts";
import {
  CANARIES,
  type ProbedConfiguration,
  probeConfiguration,
} from "../../src/isolation/probe-configuration.ts";
import { probeHost } from "../../src/probe/probe-host.ts";
import { holdEnvironment } from "../../src/run/environment/hold-environment.ts";
import { SANDBOX_TRIALS } from "../../src/sandbox/drivers.ts";
import { buildHelper, buildTrue } from "../../src/workload/programs.ts";
import { makeRootfs } from "../../src/workload/rootfs.ts";
import { hostState, leftBehind } from "./host-state.ts";
import { ROOT, useLab, whyNot } from "./lab.ts";

const reason = whyNot();
const lab = useLab();

const NATIVE: Configuration = { sandbox: "native", platform: null, network: "host", seccomp: "none" };
const CLOSED: Configuration = { sandbox: "runc", platform: null, network: "none", seccomp: "default" };
const OPEN_NETWORK: Configuration = { sandbox: "unshare", platform: null, network: "host", seccomp: "none" };
const GVISOR: Configuration = { sandbox: "runsc", platform: "systrap", network: "none", seccomp: "none" };

/** What this host keeps from root natively, too: these can't be shown to discriminate on it, and the report says so. */
const MAY_BE_ABSENT = ["open-sysrq", "open-kernel-memory", "make-disk-node"];
/** The distribution's profile lets containers make user namespaces. */
const OPEN_BY_PROFILE = ["user-namespace"];

let native: ProbedConfiguration;
let closed: ProbedConfiguration;
let network: ProbedConfiguration;
let holes: ProbedConfiguration;
let noHoles: ProbedConfiguration;
let left: string[];

beforeAll(async () => {
  if (reason !== null) return;
  // Below /tmp, where every sandbox can mount a folder of the canaries.
  const outside = process.env.XDG_CACHE_HOME;
  process.env.XDG_CACHE_HOME = lab.current.cache;
  try {
    const before = hostState();
    const config = resolveConfig({ scenarioDir: "scenarios", preset: "quick" }, {}, "test", ROOT);
    const program = await buildHelper("sbx-probe");
    const rootfs = await makeRootfs(program, await buildTrue());
    const host = await probeHost({
      sandboxTrials: SANDBOX_TRIALS,
      trueBinary: await buildTrue(),
      kvmCapsBinary: await buildHelper("sbx-kvm-caps"),
      env: { ...process.env, ...lab.current.env },
    });
    let runId = "";
    await holdEnvironment({ host }, async (held) => {
      runId = held.runId;
      const base = { held, program, rootfs, settings: config, abort: new AbortController().signal };
      const some = (names: string[]) => names.map((name) => probeNamed(name)!);
      native = await probeConfiguration(NATIVE, PROBES, base);
      closed = await probeConfiguration(CLOSED, PROBES, base);
      network = await probeConfiguration(OPEN_NETWORK, some(["host-loopback", "host-abstract-socket"]), base);
      const shared = some([
        "read-host-file",
        "write-host-file",
        "host-socket",
        "host-fifo",
        "make-suid-file",
      ]);
      const binds = [{ path: CANARIES, readOnly: false }] as const;
      noHoles = await probeConfiguration(GVISOR, shared, base);
      const open = { ...config.runsc, flags: ["--host-uds=open", "--host-fifo=open"] };
      holes = await probeConfiguration(GVISOR, shared, {
        ...base,
        binds,
        settings: { ...config, runsc: open },
      });
    });
    left = await leftBehind(before, lab.current.dir, [runId]);
  } finally {
    if (outside === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = outside;
  }
}, 240_000);

const verdictIn = ({ verdicts }: ProbedConfiguration, probe: string) =>
  verdicts.find((one) => one.probe === probe)?.verdict;

describe.skipIf(reason !== null)("planted holes", () => {
  test.for(PROBES.map(({ name }) => name))("%s reaches the host where nothing is closed", (name) => {
    const possible = MAY_BE_ABSENT.includes(name) ? ["reached", "blocked"] : ["reached"];
    expect(possible).toContain(verdictIn(native, name));
  });

  test.for(PROBES.map(({ name }) => name).filter((name) => !OPEN_BY_PROFILE.includes(name)))(
    "%s is stopped in a container with a filter",
    (name) => {
      expect(["blocked", "killed", "emulated"]).toContain(verdictIn(closed, name));
    },
  );

  test("a user namespace is made where the distribution's profile allows it", () => {
    expect(verdictIn(closed, "user-namespace")).toBe("reached");
  });

  test("the host's network alone opens its loopback and its abstract sockets", () => {
    expect([verdictIn(network, "host-loopback"), verdictIn(network, "host-abstract-socket")]).toEqual([
      "reached",
      "reached",
    ]);
  });

  test("a folder of the host with gVisor's --host-uds and --host-fifo opens files, sockets and pipes", () => {
    const probes = ["read-host-file", "write-host-file", "host-socket", "host-fifo"];
    expect(probes.map((name) => [name, verdictIn(holes, name)])).toEqual(
      probes.map((name) => [name, "reached"]),
    );
    expect(probes.map((name) => [name, verdictIn(noHoles, name)])).toEqual(
      probes.map((name) => [name, "blocked"]),
    );
  });

  test("the posture is that of the program, or of the kernel that stands for it", () => {
    expect(native.posture?.status.Seccomp).toBe("0");
    expect(closed.posture?.status).toMatchObject({
      Seccomp: "2",
      NoNewPrivs: "1",
      CapEff: "0000000000000000",
    });
    expect(closed.posture?.namespaces).toMatchObject({
      mnt: "own",
      pid: "own",
      net: "own",
      user: "inherited",
    });
    expect(holes.posture?.process).toBe("runsc-sandbox");
  });

  test("nothing is left behind", () => expect(left).toEqual([]));
});
