/** The corpus that comes with the tool: `npm run bench:model -- ship` makes the file from reports/model-data. */
import shipped from "./corpus-errors.json" with { type: "json" };
import type { KnownErrors } from "./known-errors.ts";

export const SHIPPED_ERRORS = shipped as KnownErrors;
