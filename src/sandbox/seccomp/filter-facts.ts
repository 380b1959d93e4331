/** What this host has for a filter: whether an agent listens, and what its runc knows. */
import { readFileSync, statSync } from "node:fs";
import { createConnection } from "node:net";
import { execa } from "execa";
import type { OciSeccomp } from "./oci-profile.ts";
import type { FilterFacts, RuncFilters } from "./refusals.ts";

const ASK_LIMIT_MS = 5000;

export async function filterFacts(profile: OciSeccomp, runc: string | null): Promise<FilterFacts> {
  const asksRunc = (profile.flags ?? []).length > 0 || (profile.architectures ?? []).length > 0;
  return {
    runc: runc !== null && asksRunc ? await runcFilters(runc) : null,
    noListener: await noListener(profile.listenerPath),
  };
}

/** `runc features` exists from 1.1 on, and names flags from 1.1.5 on where it takes any. */
async function runcFilters(runc: string): Promise<RuncFilters | null> {
  const asked = await execa(runc, ["features"], { reject: false, timeout: ASK_LIMIT_MS });
  try {
    const seccomp = (JSON.parse(asked.stdout) as { linux?: { seccomp?: Record<string, string[]> } }).linux
      ?.seccomp;
    if (seccomp?.archs === undefined) return null;
    return { architectures: seccomp.archs, flags: seccomp.supportedFlags ?? seccomp.knownFlags ?? [] };
  } catch {
    return null;
  }
}

/** Why nobody answers at the socket of the profile's agent; `null` where somebody listens. */
async function noListener(path: string | undefined): Promise<string | null> {
  if (path === undefined) {
    return "the filter has SCMP_ACT_NOTIFY and names no listenerPath: nobody would answer";
  }
  const lacks = (why: string) =>
    `the filter has SCMP_ACT_NOTIFY, and ${why} (its listenerPath): start the agent first`;
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return lacks(`there is no socket ${path}`);
  if (!found.isSocket()) return lacks(`${path} is no socket`);
  if (listensHere(path) || (await accepts(path))) return null;
  return lacks(`nobody listens on ${path}`);
}

/** As the kernel lists the sockets of this network namespace, so that the agent is not bothered. */
function listensHere(path: string): boolean {
  const ACCEPTS = 0x10000; // __SO_ACCEPTCON of include/linux/net.h
  return readFileSync("/proc/net/unix", "utf8")
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .some(
      ([, , , flags = "0", , , , bound]) => bound === path && (Number.parseInt(flags, 16) & ACCEPTS) !== 0,
    );
}

/** An agent of another network namespace is seen only by a connection. */
function accepts(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    const end = (isOpen: boolean) => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.once("connect", () => end(true)).once("error", () => end(false));
  });
}
