import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";

/** The file has its old content or the new one, never a part: temporary file, fsync, rename. Its mode and owner stay. */
export function writeAtomically(file: string, content: string | Uint8Array): void {
  const temporary = `${file}.${process.pid}.tmp`;
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  try {
    // Made anew: a link of that name, in a folder that others may write to, would lead elsewhere.
    rmSync(temporary, { force: true });
    const descriptor = openSync(temporary, "wx");
    try {
      keepMode(file, descriptor);
      for (let offset = 0; offset < bytes.length; ) offset += writeSync(descriptor, bytes, offset);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function keepMode(file: string, descriptor: number): void {
  const old = statSync(file, { throwIfNoEntry: false });
  if (old?.isFile() !== true) return;
  try {
    fchownSync(descriptor, old.uid, old.gid);
  } catch {
    // Only root gives files away; the file is then the writer's, as with any editor.
  }
  // After the owner: a change of it takes the set-user-ID bits away.
  fchmodSync(descriptor, old.mode & 0o7777);
}
