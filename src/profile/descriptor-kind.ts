/** What a descriptor refers to, from what `strace -y` writes behind its number. */
import type { CallTarget } from "../samples/program-profile.ts";

const ANON_INODES: Record<string, CallTarget> = { "[eventpoll]": "epoll", "[eventfd]": "eventfd" };

/**
 * @param note what stands between `<` and `>`: `/etc/passwd`, `pipe:[4711]`, `anon_inode:[eventpoll]`,
 *   with -yy also `/dev/null<char 1:3>` and `TCP:[127.0.0.1:80->…]`
 * @returns `file` for any path that is no other kind; a trace can't tell a folder or a FIFO by its name
 */
export function descriptorKind(note: string): CallTarget {
  if (!note.startsWith("/")) {
    const colon = note.indexOf(":");
    const family = colon === -1 ? note : note.slice(0, colon);
    if (family === "pipe") return "pipe";
    if (family === "anon_inode") return ANON_INODES[note.slice(colon + 1)] ?? "anon";
    return colon === -1 ? "anon" : "socket";
  }
  if (/^\/dev\/(tty|pts\/|console|ptmx)/.test(note)) return "tty";
  if (note.startsWith("/dev/") && !/^\/dev\/(shm|mqueue|hugepages)\//.test(note)) return "device";
  if (/^\/(proc|sys)(\/|$)/.test(note)) return "proc";
  return note.startsWith("/memfd:") ? "anon" : "file";
}
