import { mkdirSync } from "node:fs";
import { execa } from "execa";

const keep = `/tmp/kvmwork/keep-${Date.now()}`;
mkdirSync(keep);
const done = await execa("vitest", ["run", "--project", "guest", "test/guest/kvm.test.ts"], {
  cwd: "/work/wt-kvm",
  reject: false,
  stdio: "inherit",
  env: { SBX_GUEST_KEEP: keep, NO_COLOR: "1" },
});
process.exitCode = done.exitCode ?? 1;
