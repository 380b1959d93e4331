/** The host's folders that a script is given. */
import { SbxError } from "../../base/errors.ts";
import { type HostFolders, hostFolders } from "../../run/environment/host-folders.ts";

/** @throws SbxError (exit code 2) for a folder that is missing or can't be given to a sandbox */
export function boundFolders(script: string, binds: readonly string[]): HostFolders {
  try {
    return hostFolders({ as: script, definition: { hostPrograms: true }, params: { binds: [...binds] } });
  } catch (error) {
    if (!(error instanceof SbxError)) throw error;
    throw new SbxError({
      what: error.what.replace(/^Scenario/, "Script"),
      why: error.why,
      fix: "Correct --bind: it takes folders.",
      cause: error,
    });
  }
}
