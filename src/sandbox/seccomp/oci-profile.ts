/**
 * The `linux.seccomp` object of the OCI runtime specification.
 * https://github.com/opencontainers/runtime-spec/blob/v1.2.1/config-linux.md#seccomp
 */
import { z } from "zod";

const actionSchema = z.enum([
  "SCMP_ACT_ALLOW",
  "SCMP_ACT_ERRNO",
  "SCMP_ACT_KILL",
  "SCMP_ACT_KILL_PROCESS",
  "SCMP_ACT_KILL_THREAD",
  "SCMP_ACT_LOG",
  "SCMP_ACT_NOTIFY",
  "SCMP_ACT_TRACE",
  "SCMP_ACT_TRAP",
]);

const operatorSchema = z.enum([
  "SCMP_CMP_EQ",
  "SCMP_CMP_GE",
  "SCMP_CMP_GT",
  "SCMP_CMP_LE",
  "SCMP_CMP_LT",
  "SCMP_CMP_MASKED_EQ",
  "SCMP_CMP_NE",
]);

/** SECCOMP_RET_DATA has 16 bits; the kernel caps an errno at 4095 (seccomp(2)). */
const errnoSchema = z.int().min(0).max(4095);

/** A JSON number above 2^53 is not exact in JavaScript: refused rather than rounded. */
const argSchema = z.object({
  index: z.int().min(0).max(5),
  value: z.int().min(0),
  valueTwo: z.int().min(0).default(0),
  op: operatorSchema,
});

/** One entry of `syscalls`; the container format shares these fields. */
export const syscallFields = {
  names: z.array(z.string().min(1)).min(1),
  action: actionSchema,
  errnoRet: errnoSchema.optional(),
  args: z
    .array(argSchema)
    .nullish()
    .transform((args) => args ?? []),
  /** Not of the specification, which has runtimes ignore what they do not know; says where an entry comes from. */
  comment: z.string().optional(),
};

/** What stands before `syscalls`; the container format shares these fields. */
export const defaultFields = {
  defaultAction: actionSchema,
  defaultErrnoRet: errnoSchema.optional(),
  architectures: z.array(z.string()).optional(),
};

export const ociSeccompSchema = z.object({
  ...defaultFields,
  flags: z.array(z.string()).optional(),
  syscalls: z.array(z.object(syscallFields)).default([]),
});

export type OciSeccomp = z.infer<typeof ociSeccompSchema>;
export type OciSyscall = OciSeccomp["syscalls"][number];
