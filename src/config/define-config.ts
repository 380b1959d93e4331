/** What a user writes in `bench.config.ts`. Everything is optional; defaults stand in `defaults.ts`. */
import type { z } from "zod";
import type { configSchema } from "./schema.ts";

export type BenchConfig = z.input<typeof configSchema>;

/** Identity, for editor completion. */
export function defineConfig(config: BenchConfig): BenchConfig {
  return config;
}
