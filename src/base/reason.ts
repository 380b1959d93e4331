/** An errno -> a sentence about a file or folder. Codes: errno(3). */
const SENTENCES: Record<string, string> = {
  ENOSPC: "The disk is full.",
  EDQUOT: "The disk quota is used up.",
  EFBIG: "The file would be larger than allowed (ulimit -f).",
  EROFS: "The file system is read-only.",
  EACCES: "You may not write there.",
  EPERM: "You may not write there.",
  ENOENT: "A folder of the path does not exist and cannot be made.",
  ENOTDIR: "A part of the path is a file, and is not a folder.",
  EEXIST: "A file stands where a folder is needed.",
  EISDIR: "It is a folder.",
  ELOOP: "Its symbolic links lead in a circle.",
  ENAMETOOLONG: "The name is too long.",
  EBUSY: "It is in use and cannot be replaced, as where something is mounted on it.",
  EBADF: "It is closed, or not open for writing.",
  ENXIO: "There is nothing behind this device or socket.",
  ENODEV: "There is nothing behind this device.",
  EIO: "The device reports an error (EIO), as a terminal does that was closed.",
  EMFILE: "Too many files are open in this process (ulimit -n).",
  ENFILE: "Too many files are open on this host.",
};

/** Why a file or folder could not be written, as a sentence; an unknown error in its own words. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  const sentence = code === undefined ? undefined : SENTENCES[code];
  return sentence ?? (error instanceof Error ? error.message : String(error));
}

/** The host's doing, and not a fault of this tool. */
export function isHostsDoing(error: unknown): error is NodeJS.ErrnoException {
  const code = codeOf(error);
  return code !== undefined && code in SENTENCES;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}
