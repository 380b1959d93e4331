import { mkdirSync } from "node:fs";
import { bootGuest } from "./boot.ts";
import { makeDisk } from "./disk.ts";
import { findParts } from "./parts.ts";

const [suite = "matrix", kernelIndex = "0", cgroup = "v2"] = process.argv.slice(2);
const parts = findParts();
if (typeof parts === "string") throw new Error(parts);
const dir = `/tmp/kvmwork/try-${Date.now()}`;
mkdirSync(dir);
console.time("disk");
const disk = await makeDisk(parts, dir);
console.timeEnd("disk");
const done = await bootGuest({
  parts,
  kernel: parts.kernels[Number(kernelIndex)]!,
  disk,
  dir: `${dir}/guest`,
  cgroup: cgroup as "v1",
  suite,
  limitMs: 420_000,
});
console.log(done);
