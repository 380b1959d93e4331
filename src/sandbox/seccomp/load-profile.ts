/** Reads seccomp profiles from disk. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { arch, release } from "node:os";
import { SbxError } from "../../base/errors.ts";
import { type FilterText, readFilterFile } from "../../config/filter-files.ts";
import {
  type ConversionTarget,
  containerProfileSchema,
  convertContainerProfile,
} from "./container-format.ts";
import type { OciSeccomp } from "./oci-profile.ts";
import { profileMistakes } from "./profile-mistakes.ts";

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
 * @throws SbxError (exit code 2) when the file is missing, no JSON, or no profile
 */
export function loadProfile(path: string, target = hostTarget()): OciSeccomp {
  return parseProfile(readFilterFile(path), path, target);
}

/**
 * The container default profile as the distribution ships it.
 * @throws SbxError (exit code 4) when no package has brought it
 */
export function loadContainerDefault(target = hostTarget(), paths?: readonly string[]): OciSeccomp {
  return loadProfile(containerDefaultFile(paths), target);
}

/** @throws SbxError (exit code 4) when no package has brought it */
export function containerDefaultFile(paths: readonly string[] = DEFAULT_PATHS): string {
  const found = paths.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new SbxError({
    what: "The container default seccomp profile is missing",
    why: `none of these files exists: ${paths.join(", ")}`,
    fix: "apt-get install golang-github-containers-common (Fedora: containers-common)",
    exitCode: 4,
  });
}

/** Of the file as it is: what `sha256sum` prints. @throws SbxError as `loadProfile` */
export function filterHash(path: string): string {
  return createHash("sha256").update(readFilterFile(path).bytes).digest("hex");
}

function parseProfile({ json }: FilterText, path: string, target: ConversionTarget): OciSeccomp {
  const parsed = containerProfileSchema.safeParse(json);
  if (parsed.success) return convertContainerProfile(parsed.data, target);
  throw new SbxError({
    what: `${path} is not a seccomp profile`,
    why: profileMistakes(json, parsed.error.issues),
    fix: "See the linux.seccomp object of the OCI runtime specification, config-linux.md.",
    cause: parsed.error,
  });
}
