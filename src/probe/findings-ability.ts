/** What the host can run, as findings: tools, sandboxes, platforms, privileges, limits. Pure. */
import { PLATFORMS } from "../axes/platform.ts";
import { SANDBOX_FACTS, SANDBOX_TOOLS, type SandboxToolName, type StartedSandbox } from "../axes/sandbox.ts";
import type { SandboxFacts } from "../axes/sandbox-facts.ts";
import type { ProbeAnswer } from "./answer.ts";
import { type Finding, finding, type Section, type Severity } from "./finding.ts";
import type { HostProbe } from "./probe-host.ts";
import { TOOL_NAMES, type ToolName } from "./tools.ts";

/** How bad it is when a tool is missing, and what is lost. */
const MISSING: Record<ToolName, { severity: Severity; loss: string }> = {
  ...(Object.fromEntries(SANDBOX_TOOLS.map(({ name, missing }) => [name, missing])) as Record<
    SandboxToolName,
    { severity: Severity; loss: string }
  >),
  setpriv: { severity: "problem", loss: "only native can run" },
  ip: { severity: "warning", loss: "no cell with network=sandbox can run" },
  strace: { severity: "note", loss: "no seccomp profile can be recorded, and no program profiled" },
  perf: { severity: "note", loss: "programs are profiled by strace alone, which tells short times badly" },
  go: { severity: "problem", loss: "the scenarios can't be built" },
  chromium: { severity: "note", loss: "the tests can't open the report in a browser" },
};

export function toolFindings(host: HostProbe): Finding[] {
  const tools = TOOL_NAMES.map((name) => host.tools[name]);
  const found = tools.filter((tool) => tool.path !== null);
  const missing = tools.filter((tool) => tool.path === null);
  const list = found.map((tool) => (tool.version === null ? tool.name : `${tool.name} ${tool.version}`));
  return [
    finding("tools.found", "Tools", "ok", list.join(", ") || "none found"),
    ...missing.map(({ name, reason, fix }) => {
      const { severity, loss } = MISSING[name];
      return finding(`tools.${name}`, "Tools", severity, `${reason ?? name}: ${loss}`, null, fix);
    }),
  ];
}

export function sandboxFindings(host: HostProbe): Finding[] {
  const section = "Sandboxes";
  return [
    ...SANDBOX_FACTS.flatMap(({ name, kind, trial }: SandboxFacts) => {
      if (kind === "baseline") return [finding(`sandbox.${name}`, section, "ok", `${name}: needs nothing`)];
      if (trial === null) return [];
      const tried = host.sandboxes[name as StartedSandbox];
      return [answer(`sandbox.${name}`, section, tried, `${name}: ${trial.shows}`, trial.severity)];
    }),
    answer("network.sandbox", section, host.networks.sandbox, "network=sandbox: a veth pair", "warning"),
  ];
}

export function platformFindings(host: HostProbe): Finding[] {
  return PLATFORMS.map((platform) => {
    const trial = host.platforms[platform];
    const text = `${platform}: runs a program that only exits`;
    // systrap is runsc's default; the other two are alternatives that many hosts lack.
    return answer(
      `platform.${platform}`,
      "Platforms of runsc",
      trial,
      trial.status === "works" ? `${text}, in ${trial.elapsedMs} ms` : text,
      platform === "systrap" ? "problem" : "warning",
    );
  });
}

export function privilegeFindings(host: HostProbe): Finding[] {
  const { controllers, version, quota } = host.cgroups;
  const section = "Privileges and limits";
  const unlimited = (["memory", "pids", "cpu"] as const).filter((name) => !controllers[name]?.writable);
  const places = (["memory", "pids", "cpu"] as const)
    .map((name) => `${name} ${controllers[name] ? `on v${controllers[name].version}` : "absent"}`)
    .join(", ");
  return [
    host.isRoot
      ? finding("privileges", section, "ok", "root")
      : finding(
          "privileges",
          section,
          "note",
          "not root: everything runs in a user namespace",
          "Limits are left out where no cgroup is delegated, and runc makes no cgroups.",
          "Run as root for the same limits in every cell.",
        ),
    unlimited.length === 0
      ? finding("cgroups", section, "ok", `cgroups ${version}: ${places}`)
      : finding(
          "cgroups",
          section,
          "warning",
          `cgroups ${version}: no limit can be set on ${unlimited.join(", ")}`,
          `Found: ${places}. A launch is then held only by its time and output limits.`,
          "Run as root with /sys/fs/cgroup mounted read-write.",
        ),
    quota.cpus === null
      ? finding("quota.cpu", section, "ok", "no CPU quota on the bench itself")
      : finding(
          "quota.cpu",
          section,
          "warning",
          `the bench itself is held to ${quota.cpus} CPUs`,
          "A throttled launch stands still for tens of milliseconds, which no median hides.",
          "Run it in a cgroup without cpu.max (v1: cpu.cfs_quota_us).",
        ),
  ];
}

function answer(id: string, section: Section, tried: ProbeAnswer, what: string, severity: Severity): Finding {
  if (tried.status === "works") return finding(id, section, "ok", what);
  return finding(id, section, severity, `${what.split(":")[0]} can't run here`, tried.reason, tried.fix);
}
