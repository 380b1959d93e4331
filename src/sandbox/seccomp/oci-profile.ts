/**
 * The `linux.seccomp` object of the OCI runtime specification.
 * https://github.com/opencontainers/runtime-spec/blob/v1.2.1/config-linux.md#seccomp
 */
import { z } from "zod";
import { didYouMean } from "../../base/nearest.ts";

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
const argSchema = z.strictObject({
  index: z.int().min(0).max(5),
  value: z.int().min(0),
  valueTwo: z
    .int()
    .min(0)
    .nullish()
    .transform((value) => value ?? 0),
  op: operatorSchema,
});

const ARCHITECTURES = [
  ...[
    "X86",
    "X86_64",
    "X32",
    "ARM",
    "AARCH64",
    "LOONGARCH64",
    "M68K",
    "MIPS",
    "MIPS64",
    "MIPS64N32",
    "MIPSEL",
  ],
  ...["MIPSEL64", "MIPSEL64N32", "PPC", "PPC64", "PPC64LE", "S390", "S390X", "PARISC", "PARISC64", "RISCV64"],
  ...["SH", "SHEB"],
].map((name) => `SCMP_ARCH_${name}`);

const FLAGS = ["TSYNC", "LOG", "SPEC_ALLOW", "NEW_LISTENER", "TSYNC_ESRCH", "WAIT_KILLABLE_RECV"].map(
  (name) => `SECCOMP_FILTER_FLAG_${name}`,
);

/** A name that nothing knows is a slip, and every sandbox would make something else of it. */
const knownName = (names: readonly string[], kind: string) =>
  z.string().refine((name) => names.includes(name), {
    error: ({ input }) => `${String(input)} is no ${kind}.${didYouMean(String(input), names)}`,
  });

export const architectureSchema = knownName(ARCHITECTURES, "architecture");

/** One entry of `syscalls`; the container format shares these fields. */
export const syscallFields = {
  action: actionSchema,
  errnoRet: errnoSchema.nullish(),
  args: z
    .array(argSchema)
    .nullish()
    .transform((args) => args ?? []),
  /** Not of the specification, which has runtimes ignore what they do not know; says where an entry comes from. */
  comment: z.string().nullish(),
};

/** What stands before `syscalls`; the container format shares these fields. Go writes an empty list as null. */
export const defaultFields = {
  defaultAction: actionSchema,
  defaultErrnoRet: errnoSchema.nullish(),
  architectures: z.array(architectureSchema).nullish(),
  flags: z.array(knownName(FLAGS, "flag of a filter")).nullish(),
  /** Socket of the agent that answers SCMP_ACT_NOTIFY, and what is sent to it. */
  listenerPath: z.string().nullish(),
  listenerMetadata: z.string().nullish(),
};

export type OciSyscall = {
  names: string[];
  action: z.infer<typeof actionSchema>;
  errnoRet?: number;
  args: z.infer<typeof argSchema>[];
  comment?: string;
};

export type OciSeccomp = {
  defaultAction: z.infer<typeof actionSchema>;
  defaultErrnoRet?: number;
  architectures?: string[];
  flags?: string[];
  listenerPath?: string;
  listenerMetadata?: string;
  syscalls: OciSyscall[];
};
