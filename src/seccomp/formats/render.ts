/** Every output format of a filter, by its name. */
import type { CallSet } from "../filter/call-set.ts";
import { compileFilter } from "./bpf.ts";
import { goSnippet } from "./go-snippet.ts";
import { type Denial, ociProfile } from "./oci.ts";
import { spoYaml } from "./spo.ts";

export const FILTER_FORMATS = ["oci", "spo", "bpf", "go"] as const;
export type FilterFormat = (typeof FILTER_FORMATS)[number];

/** @param name of the program */
export async function renderFilter(
  calls: CallSet,
  { format, denial, name }: { format: FilterFormat; denial: Denial; name: string },
): Promise<string | Uint8Array> {
  const profile = ociProfile(calls, denial);
  switch (format) {
    case "oci":
      return `${JSON.stringify(profile, null, 2)}\n`;
    case "spo":
      return spoYaml(profile, name);
    case "bpf":
      return await compileFilter(profile);
    case "go":
      return goSnippet(profile);
  }
}
