import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Script } from "./script-file.ts";

/** The script alone, as it was read: nothing that stands beside it comes along. */
export function copyScript({ name, source }: Script, folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), source);
}
