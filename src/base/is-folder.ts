import { statSync } from "node:fs";

/** Whether there is a folder, links followed. What cannot even be looked at is none. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    // The name is too long, its links lead in a circle, or a folder above may not be entered.
    return false;
  }
}
