/**
 * This process's environment, for programs that are asked or started on its behalf.
 * @param changes variables to set in it; undefined takes one out
 */
export function environment(changes: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return { ...process.env, ...changes };
}
