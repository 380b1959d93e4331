import type { Options } from "execa";
import { goEnv } from "../../src/base/go-env.ts";

/** For Go's own tests: with cgo, as the launcher is built, and with nothing of the caller's settings for Go. */
export async function goSettings(
  env: Readonly<Record<string, string>>,
): Promise<Pick<Options, "env" | "extendEnv">> {
  return { env: { ...env, ...(await goEnv(process.env, { cgo: true })) }, extendEnv: false };
}
