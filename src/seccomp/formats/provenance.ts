/** The side file of a filter: why each call is in it. */
import type { CallSet } from "../filter/call-set.ts";

/** More ways to one call say the same again. */
const SITES_SHOWN = 20;

export function provenance({ goVersion, calls, unresolved, warnings }: CallSet, program: string) {
  return {
    schema: "sbx-bench/seccomp-provenance@1",
    program,
    goVersion,
    warnings,
    unresolved,
    calls: calls.map(({ name, labels, sites }) => ({
      name,
      labels,
      siteCount: sites.length,
      sites: sites.slice(0, SITES_SHOWN).map(({ function: holder, via, root, path }) => ({
        function: holder,
        ...(via === undefined ? {} : { via }),
        root,
        path,
      })),
    })),
  };
}
