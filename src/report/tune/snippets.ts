/** A configuration as the places want it in which people set it: a command, containerd, Docker. */

import type { Configuration } from "../../axes/configuration.ts";
import { factsOf, isGVisor } from "../../axes/sandbox.ts";
import { runscFlags, settingsOf } from "../../model/tune/runsc-flags.ts";

export type Snippet = {
  /** For people: "Docker". */
  title: string;
  /** Where it belongs; `null` = a command. */
  file: string | null;
  language: "sh" | "toml" | "json";
  text: string;
};

export type Snippets = {
  configuration: string;
  /** As runsc gets them. */
  flags: string[];
  snippets: Snippet[];
  notes: string[];
};

/** Flags of the runsc that is meant. */
export type KnownFlags = {
  /** `go-20260905` */
  version: string;
  /** Without dashes; `null` = it can't be asked. */
  names: ReadonlySet<string> | null;
};

const RUNSC_PATH = "/usr/local/bin/runsc";
const RUNSC_TOML = "/etc/containerd/runsc.toml";

/**
 * Flags that the runsc does not know are left out, and a note says so: with them it would not start.
 *
 * @param extra flags beyond the axes
 * @returns no snippets for a sandbox that is not runsc
 * Source: gvisor.dev/docs/user_guide/containerd/configuration and quick_start/docker.
 */
export function snippetsOf(
  configuration: string,
  config: Configuration,
  extra: readonly string[],
  known: KnownFlags,
): Snippets {
  if (!isGVisor(config)) return { configuration, flags: [], snippets: [], notes: [otherSandbox(config)] };
  const all = runscFlags(config, extra);
  const isKnown = (flag: string) =>
    known.names === null || [...settingsOf([flag]).keys()].every((name) => known.names!.has(name));
  const flags = all.filter(isKnown);
  const unknown = all.filter((flag) => !isKnown(flag));
  return {
    configuration,
    flags,
    snippets: [command(flags), containerdConfig(), containerdRunsc(flags), docker(flags)],
    notes: [
      known.names === null
        ? `these flags were not checked: runsc ${known.version} is not on this host`
        : `every flag is known to runsc ${known.version}, which was asked`,
      ...(unknown.length === 0
        ? []
        : [`left out, as runsc ${known.version} does not know them: ${unknown.join(" ")}`]),
      ...(config.seccomp === "none" ? [] : [filterNote(config.seccomp)]),
      "containerd and Docker make the network namespace and the cgroups themselves; restart them after the change",
    ],
  };
}

function otherSandbox({ sandbox }: Configuration): string {
  return (
    factsOf({ sandbox }).runtimeNote ?? `${sandbox} is no runtime that Docker or containerd could be given`
  );
}

function filterNote(seccomp: string): string {
  const name = seccomp.replace(/\+tree$/, "");
  if (name === "default") {
    return "the filter: Docker gives its default profile by itself, Kubernetes with seccompProfile.type: RuntimeDefault";
  }
  const file = name === "generated" ? "the file that `sbx-bench seccomp generate` writes" : name;
  return `the filter: docker run --security-opt seccomp=PROFILE, with ${file}`;
}

function command(flags: readonly string[]): Snippet {
  return {
    title: "runsc",
    file: null,
    language: "sh",
    text: `runsc ${[...flags, "run", "--bundle", "BUNDLE", "CONTAINER-ID"].map(quoted).join(" ")}`,
  };
}

function containerdConfig(): Snippet {
  const runtime = 'plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runsc';
  return {
    title: "containerd: the runtime",
    file: "/etc/containerd/config.toml",
    language: "toml",
    text: [
      "version = 2",
      `[${runtime}]`,
      '  runtime_type = "io.containerd.runsc.v1"',
      `[${runtime}.options]`,
      '  TypeUrl = "io.containerd.runsc.v1.options"',
      `  ConfigPath = ${JSON.stringify(RUNSC_TOML)}`,
    ].join("\n"),
  };
}

/** The shim turns `flag = "value"` into `--flag=value`; all values are strings. */
function containerdRunsc(flags: readonly string[]): Snippet {
  const lines = [...settingsOf(flags)].map(([name, value]) => `  ${name} = ${JSON.stringify(value)}`);
  return {
    title: "containerd: its flags",
    file: RUNSC_TOML,
    language: "toml",
    text: ["[runsc_config]", ...lines].join("\n"),
  };
}

function docker(flags: readonly string[]): Snippet {
  return {
    title: "Docker",
    file: "/etc/docker/daemon.json",
    language: "json",
    text: JSON.stringify({ runtimes: { runsc: { path: RUNSC_PATH, runtimeArgs: flags } } }, null, 2),
  };
}

/** For a POSIX shell. */
function quoted(word: string): string {
  return /^[\w./=:,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
