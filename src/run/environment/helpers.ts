import { buildHelper } from "../../workload/programs.ts";

type HelperName = Parameters<typeof buildHelper>[0];
export type BuildHelper = (name: HelperName) => Promise<string>;

/** Asks for each helper once, however many ask at a time: even one that is built already takes a hash of its sources. */
export function rememberHelpers(): BuildHelper {
  const known = new Map<HelperName, Promise<string>>();
  return (name) => {
    const building = known.get(name) ?? buildHelper(name);
    known.set(name, building);
    return building;
  };
}
