/** What stands in the sandbox to run a script, in each mode. */
import { randomBytes } from "node:crypto";
import type { HostFolders } from "../../run/environment/host-folders.ts";
import { compileScript } from "../../script/compiled.ts";
import { copyScript } from "../../script/copy-script.ts";
import type { Script } from "../../script/script-file.ts";
import { buildHelper } from "../../workload/programs.ts";
import type { ExecRequest } from "./request.ts";

type Made = {
  program: string;
  /** Before the script's own. */
  firstArgs: string[];
  /** Folder of which it gets a copy at /bind. */
  work: string | null;
  /** Of the line by which it says that the script begins; `null` = it says none. */
  token: string | null;
};

/** @param folder empty, on the host. @throws SbxError where it does not compile, or nothing does */
export async function makeProgram(
  { mode, packages }: Pick<ExecRequest, "mode" | "packages">,
  script: Script,
  { binds }: HostFolders,
  folder: string,
): Promise<Made> {
  switch (mode) {
    case "compiled": {
      const program = await compileScript(script, folder);
      return { program, firstArgs: [], work: null, token: null };
    }
    case "yaegi": {
      copyScript(script, folder);
      const token = randomBytes(16).toString("hex");
      const request = { token, file: script.name, packages, read: binds.map(({ path }) => path) };
      const program = await buildHelper("sbx-yaegi");
      return { program, firstArgs: [JSON.stringify(request)], work: folder, token };
    }
  }
}
