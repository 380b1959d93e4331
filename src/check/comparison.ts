/** Moved: import src/stats/comparison-types.ts, which report may import too. This file goes when nobody needs it. */
export * from "../stats/comparison-types.ts";
