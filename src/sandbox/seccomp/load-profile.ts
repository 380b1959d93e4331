/** Reads seccomp profiles from disk. */
import { readFile } from "node:fs/promises";
import { arch, release } from "node:os";
import { z } from "zod";
import { SbxError } from "../../base/errors.ts";
import { decodeText, parseJson } from "../../base/read-json.ts";
import {
  type ConversionTarget,
  containerProfileSchema,
  convertContainerProfile,
} from "./container-format.ts";
import { type OciSeccomp, ociSeccompSchema } from "./oci-profile.ts";

/** Where distributions put the container default profile; an administrator's goes first, as with Podman. */
const DEFAULT_PATHS = ["/etc/containers/seccomp.json", "/usr/share/containers/seccomp.json"];

/** Our sandboxes keep no capability at all. */
function hostTarget(): ConversionTarget {
  return {
    capabilities: [],
    arch: arch() === "arm64" ? "arm64" : "amd64",
    kernelRelease: release(),
  };
}

/**
 * Reads an OCI profile, or one in Docker's and Podman's format, which is converted for this host.
 * @throws SbxError when the file is missing, no JSON, or no profile
 */
export async function loadProfile(path: string, target = hostTarget()): Promise<OciSeccomp> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new SbxError({
      what: `The seccomp profile ${path} cannot be read`,
      why: cause instanceof Error ? cause.message : String(cause),
      fix: "Give the path of an existing OCI or Docker seccomp profile.",
      cause,
    });
  });
  return parseProfile(bytes, path, target);
}

/**
 * The container default profile as the distribution ships it.
 * @throws SbxError (exit code 4) when no package has brought it
 */
export async function loadContainerDefault(
  target = hostTarget(),
  paths: readonly string[] = DEFAULT_PATHS,
): Promise<OciSeccomp> {
  for (const path of paths) {
    const bytes = await readFile(path).catch(() => null);
    if (bytes !== null) return parseProfile(bytes, path, target);
  }
  throw new SbxError({
    what: "The container default seccomp profile is missing",
    why: `none of these files can be read: ${paths.join(", ")}`,
    fix: "apt-get install golang-github-containers-common (Fedora: containers-common)",
    exitCode: 4,
  });
}

function parseProfile(bytes: Uint8Array, path: string, target: ConversionTarget): OciSeccomp {
  let json: unknown;
  try {
    json = parseJson(decodeText(bytes), path);
  } catch (cause) {
    throw invalid(path, cause instanceof Error ? cause.message : String(cause), cause);
  }
  if (isContainerFormat(json)) {
    const parsed = containerProfileSchema.safeParse(json);
    if (!parsed.success) throw invalid(path, z.prettifyError(parsed.error), parsed.error);
    return convertContainerProfile(parsed.data, target);
  }
  const parsed = ociSeccompSchema.safeParse(json);
  if (!parsed.success) throw invalid(path, z.prettifyError(parsed.error), parsed.error);
  return parsed.data;
}

/** Keys that only Docker's format has. */
function isContainerFormat(json: unknown): boolean {
  if (typeof json !== "object" || json === null) return false;
  if ("archMap" in json || "defaultErrno" in json) return true;
  const entries: unknown = "syscalls" in json ? json.syscalls : [];
  return (
    Array.isArray(entries) &&
    entries.some(
      (entry) => typeof entry === "object" && entry !== null && ("includes" in entry || "excludes" in entry),
    )
  );
}

function invalid(path: string, why: string, cause: unknown): SbxError {
  return new SbxError({
    what: `${path} is not a seccomp profile`,
    why,
    fix: "See the linux.seccomp object of the OCI runtime specification, config-linux.md.",
    cause,
  });
}
