/** The filter as the kernel takes it: `struct sock_filter` after `struct sock_filter`, for `bwrap --seccomp FD`. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { SbxError } from "../../base/errors.ts";
import type { OciSeccomp } from "../../sandbox/seccomp/oci-profile.ts";
import { buildHelper } from "../../workload/programs.ts";

/** libseccomp's two shapes: a list of comparisons, and a binary tree (SCMP_FLTATR_CTL_OPTIMIZE). */
export type FilterShape = "plain" | "binary-tree";

/** @throws SbxError (exit code 2) where libseccomp refuses the profile */
export async function compileFilter(profile: OciSeccomp, shape: FilterShape = "plain"): Promise<Uint8Array> {
  const launcher = await buildHelper("sbx-launch");
  const dir = mkdtempSync(join(tmpdir(), "sbx-bench-bpf-"));
  try {
    const [config, program] = [join(dir, "config.json"), join(dir, "filter.bpf")];
    writeFileSync(config, JSON.stringify({ seccomp: profile, seccompOptimize: shape }));
    const done = await execa(launcher, ["--bpf", config, program], { reject: false, timeout: 60_000 });
    if (done.exitCode !== 0) {
      throw new SbxError({
        what: "The filter can't be compiled",
        why: done.stderr.replace(/^sbx-launch: /, "").trim() || done.shortMessage || "libseccomp refused it",
        fix: "Run `sbx-bench seccomp lint` on it.",
      });
    }
    return readFileSync(program);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
