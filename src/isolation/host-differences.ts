import { type DifferingField, differingFields } from "../samples/differing-fields.ts";
import type { Fingerprint } from "../samples/run-manifest.ts";

/** In what two hosts are known to differ. The version of a sandbox that only one side used says nothing of the host. */
export function hostDifferences(a: Fingerprint, b: Fingerprint): DifferingField[] {
  return differingFields(a, b).filter(
    ({ field }) => Object.hasOwn(a.fields, field) && Object.hasOwn(b.fields, field),
  );
}
