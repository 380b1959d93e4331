/**
 * Real programs on which the cost model is validated, none of which it is fitted on. Each takes 60 to 300 ms
 * natively on the host of docs/benchmarks.md, does the same each time, ends by itself, and needs no network but
 * loopback. Sources and scripts stand in programs/.
 */
import type { CorpusFolder } from "./corpus-folder.ts";

export type Program = {
  /** Name in cell ids. */
  name: string;
  /** What it does, for people. */
  what: string;
  argv(folder: CorpusFolder): string[];
  /** Commands of the distribution that it needs, and the Debian package of each. */
  needs: Record<string, string>;
  /** File that it reads as standard input. */
  stdin?(folder: CorpusFolder): string;
  env?(folder: CorpusFolder): Record<string, string>;
  /** Folder of which each cell gets a writable copy as its working folder; without it that is empty. */
  work?(folder: CorpusFolder): string;
};

/** A static Go program of ours: it needs nothing of the host. */
function go(name: string, what: string, args: (folder: CorpusFolder) => string[]): Program {
  return { name, what, needs: {}, argv: (folder) => [folder.corpus, name, ...args(folder)] };
}

/** A Go script under yaegi. */
function script(name: string, what: string, args: (folder: CorpusFolder) => string[]): Program {
  return {
    name: `script-${name}`,
    what,
    needs: {},
    argv: (folder) => [folder.script, folder.file(`${name}.go`), ...args(folder)],
  };
}

/** A shell script, with the tools that it calls. */
function shell(
  name: string,
  what: string,
  needs: Record<string, string>,
  args: (folder: CorpusFolder) => string[],
): Program {
  return {
    name,
    what,
    needs: { sh: "dash", ...needs },
    argv: (folder) => ["sh", folder.file(`${name}.sh`), ...args(folder)],
  };
}

const COREUTILS = { sort: "coreutils" };

const goToolchain = (name: string, what: string): Program => ({
  ...shell(name, what, COREUTILS, () => []),
  work: (folder) => folder.goWork,
  env: (folder) => folder.goEnv,
});

export const PROGRAMS: readonly Program[] = [
  go("deflate", "compresses 1 MiB of text, decompresses it and compares", (at) => [at.input("short")]),
  go("grep", "searches 900 files of a tree for a pattern", (at) => ["sand[a-z]+.*99", at.input("tree")]),
  go("image", "decodes a PNG, halves it and encodes it", (at) => [at.input("picture.png")]),
  go("log", "writes 40,000 log lines, one write each", () => ["40000"]),
  go("pages", "6,000 transactions on a file of pages, with a journal", () => ["6000"]),
  go("pool", "eight workers hash 50,000 small jobs from a channel", () => ["50000"]),
  go("spawn", "starts 50 child processes, one after another", () => ["50"]),
  go("json-service", "a JSON service and four clients over loopback, 1,000 orders", () => ["1000"]),
  go("http-files", "a file server and its client over loopback, 500 files of 64 KiB", (at) => [
    at.input("assets"),
    "500",
  ]),
  script("sieve", "a Go script under yaegi that computes", () => []),
  script("words", "a Go script under yaegi that reads and writes files", (at) => [at.input("short")]),
  goToolchain("build", "`go build` of a small module, one package changed"),
  goToolchain("vet", "`go vet` of a small module, one package changed"),
  {
    name: "gzip",
    what: "gzip of 1 MiB of text",
    needs: { gzip: "gzip" },
    argv: (at) => ["gzip", "-9", "-c", at.input("short")],
  },
  {
    name: "openssl",
    what: "encrypts 24 MiB with AES-256",
    needs: { openssl: "openssl" },
    argv: (at) => [
      "openssl",
      "enc",
      "-aes-256-cbc",
      "-pbkdf2",
      "-k",
      "passphrase",
      "-in",
      at.input("text"),
      "-out",
      "enc",
    ],
  },
  {
    name: "perl",
    what: "counts the words of 1 MiB of text in Perl, three times",
    needs: { perl: "perl-base" },
    argv: (at) => ["perl", at.file("words.pl"), at.input("short")],
  },
  {
    ...shell(
      "database",
      "SQLite: 40,000 rows in one transaction, an index, queries, 150 small transactions",
      { sqlite3: "sqlite3" },
      () => [],
    ),
    stdin: (at) => at.file("orders.sql"),
  },
  shell(
    "archive",
    "packs a tree of 900 files with tar and unpacks a third of it, twice",
    { tar: "tar", ...COREUTILS },
    (at) => [at.inputs, "tree"],
  ),
  shell("chain", "the most frequent words of a text, by six processes and pipes", COREUTILS, (at) => [
    at.input("short"),
  ]),
  shell(
    "configure",
    "a configure script: a hundred small processes",
    { sed: "sed", grep: "grep", ...COREUTILS },
    () => [],
  ),
  shell(
    "redis",
    "redis-server and redis-benchmark over loopback, 4,000 requests",
    { "redis-server": "redis-server", "redis-benchmark": "redis-tools" },
    () => ["17379", "2000"],
  ),
];
