/**
 * The seccomp format of Docker, Podman and containerd: OCI's, with conditions on capabilities, architecture and
 * kernel that are decided before a container starts. An OCI profile is one without conditions.
 * After https://github.com/containers/common/blob/v0.50.1/pkg/seccomp/seccomp_linux.go and, for `minKernel`,
 * https://github.com/moby/profiles/blob/main/seccomp/seccomp_linux.go
 */
import { constants } from "node:os";
import { z } from "zod";
import {
  architectureSchema,
  defaultFields,
  type OciSeccomp,
  type OciSyscall,
  syscallFields,
} from "./oci-profile.ts";

const conditionSchema = z
  .strictObject({
    caps: z.array(z.string()).nullish(),
    arches: z.array(z.string()).nullish(),
    minKernel: z
      .string()
      .regex(/^(\d+\.\d+.*)?$/, {
        error: ({ input }) => `${String(input)} is no version of a kernel, as 4.8 is`,
      })
      .nullish(),
  })
  .nullish();
type Condition = z.infer<typeof conditionSchema>;

/** `EPERM`, or a number as text. */
const errnoName = z
  .string()
  .refine((text) => text === "" || errnoOf(text) !== undefined, {
    error: ({ input }) => `${String(input)} is neither the name nor the number of an errno`,
  })
  .nullish();

const entrySchema = z
  .strictObject({
    ...syscallFields,
    /** The form before `names`; one of both. */
    name: z.string().nullish(),
    names: z.array(z.string().min(1)).nullish(),
    errno: errnoName,
    includes: conditionSchema,
    excludes: conditionSchema,
  })
  .refine(({ name, names }) => !name || isEmpty(names), {
    error: "'name' and 'names' are both given: use either one",
  });

const strictSchema = z
  .strictObject({
    ...defaultFields,
    defaultErrno: errnoName,
    /** Of people, as in an entry. */
    comment: z.unknown().optional(),
    archMap: z
      .array(
        z.strictObject({
          architecture: architectureSchema,
          subArchitectures: z.array(architectureSchema).nullish(),
        }),
      )
      .nullish(),
    syscalls: z.array(entrySchema).nullish(),
  })
  .refine(({ architectures, archMap }) => isEmpty(architectures) || isEmpty(archMap), {
    error: "'architectures' and 'archMap' are both given: use either one",
  });
/**
 * Container runtimes pass over what they do not know: `sysclls` is then a filter without calls, and a measured filter
 * that is not the one in the file. Here it is refused, but for notes.
 */
export const containerProfileSchema = z.preprocess(withoutNotes, strictSchema);
export type ContainerProfile = z.infer<typeof containerProfileSchema>;

/** `$schema`, `_why`, `//`, `x-owner`, `description`: for people and editors, and for no runtime. */
const NOTE = /^([$_#]|\/\/|x-|description$)/;

function withoutNotes(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(withoutNotes);
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(
    Object.entries(json)
      .filter(([key]) => !NOTE.test(key))
      .map(([key, value]) => [key, withoutNotes(value)]),
  );
}

/** For whom the conditions are decided. */
export type ConversionTarget = {
  /** The capabilities that the program keeps (bounding set): `CAP_...`. */
  capabilities: readonly string[];
  /** As Go names it. */
  arch: "amd64" | "arm64";
  /** As uname prints it: `6.18.44-generic`. */
  kernelRelease: string;
};

const OCI_ARCH = { amd64: "SCMP_ARCH_X86_64", arm64: "SCMP_ARCH_AARCH64" };

/** Leaves the entries that apply to the target, in their order. An entry that names no call adds nothing. */
export function convertContainerProfile(profile: ContainerProfile, target: ConversionTarget): OciSeccomp {
  const { defaultAction, listenerPath, listenerMetadata } = profile;
  const errno = errnoOf(profile.defaultErrno) ?? profile.defaultErrnoRet ?? undefined;
  const architectures = isEmpty(profile.architectures)
    ? architecturesOf(profile.archMap, target.arch)
    : profile.architectures;
  return {
    defaultAction,
    ...(errno === undefined ? {} : { defaultErrnoRet: errno }),
    ...(architectures ? { architectures } : {}),
    ...(isEmpty(profile.flags) ? {} : { flags: profile.flags! }),
    ...(listenerPath ? { listenerPath } : {}),
    ...(listenerMetadata ? { listenerMetadata } : {}),
    syscalls: (profile.syscalls ?? [])
      .filter((entry) => applies(entry.includes, entry.excludes, target))
      .map((entry): OciSyscall => {
        const errnoRet = errnoOf(entry.errno) ?? entry.errnoRet ?? undefined;
        return {
          names: entry.name ? [entry.name] : (entry.names ?? []),
          action: entry.action,
          args: entry.args,
          ...(errnoRet === undefined ? {} : { errnoRet }),
          ...(entry.comment ? { comment: entry.comment } : {}),
        };
      })
      .filter(({ names }) => names.length > 0),
  };
}

/** Includes must all hold, of excludes none may. */
function applies(includes: Condition, excludes: Condition, target: ConversionTarget): boolean {
  const included =
    (includes?.caps ?? []).every((name) => target.capabilities.includes(name)) &&
    (isEmpty(includes?.arches) || includes?.arches?.includes(target.arch)) &&
    (!includes?.minKernel || atLeast(target.kernelRelease, includes.minKernel));
  const excluded =
    (excludes?.caps ?? []).some((name) => target.capabilities.includes(name)) ||
    excludes?.arches?.includes(target.arch) ||
    (excludes?.minKernel && atLeast(target.kernelRelease, excludes.minKernel));
  return Boolean(included) && !excluded;
}

function isEmpty(list: readonly unknown[] | null | undefined): boolean {
  return (list ?? []).length === 0;
}

/** The name (`EPERM`) or number in `errno` goes before `errnoRet`. */
function errnoOf(errno: string | null | undefined): number | undefined {
  if (!errno) return undefined;
  const byName = (constants.errno as Readonly<Record<string, number>>)[errno];
  return byName ?? (/^\d+$/.test(errno) && Number(errno) <= 4095 ? Number(errno) : undefined);
}

function architecturesOf(
  archMap: ContainerProfile["archMap"],
  arch: ConversionTarget["arch"],
): string[] | undefined {
  const entry = archMap?.find(({ architecture }) => architecture === OCI_ARCH[arch]);
  return entry && [entry.architecture, ...(entry.subArchitectures ?? [])];
}

/** Compares `major.minor`, as moby does. */
function atLeast(release: string, wanted: string): boolean {
  const [major = 0, minor = 0] = release.split(/[.-]/).map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split(/[.-]/).map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}
