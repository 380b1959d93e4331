/** The real programs that filters are proved on: those of Go's toolchain, of this host's PATH, and of SBX_BENCH_PROGRAMS. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { goEnv } from "../../src/base/go-env.ts";
import { findProgram } from "../../src/profile/locate-command.ts";

export type Subject = {
  name: string;
  /** Absolute path, and arguments. */
  command: [string, ...string[]];
  cwd: string;
  stdin: string;
  /** Their calls are not in its code: its filter has the observed ones, too. */
  startsOthers: boolean;
};

/** Small work that takes each program past its start: name -> arguments and standard input. */
const WORK: Record<string, { args: string[]; stdin?: string; startsOthers?: boolean }> = {
  gofmt: { args: ["-l", "."] },
  runc: { args: ["--version"] },
  runsc: { args: ["help"] },
  fzf: { args: ["--filter", "a"], stdin: "a\nb\nab\n" },
  gron: { args: [], stdin: '{"a":[1,2]}' },
  "age-keygen": { args: ["--version"] },
  age: { args: ["--version"] },
  direnv: { args: ["version"] },
  "git-lfs": { args: ["version"] },
  minify: { args: ["--type", "html"], stdin: "<p>  a  </p>" },
  restic: { args: ["version"] },
  mtail: { args: ["--version"] },
  asm: { args: ["-V=full"] },
  cgo: { args: ["-V=full"] },
  compile: { args: ["-p", "main", "-complete", "-o", "/dev/null", "empty.go"] },
  cover: { args: ["-mode=set", "main.go"] },
  fix: { args: ["-V=full"] },
  link: { args: ["-V=full"] },
  vet: { args: ["-V=full"] },
  go: { args: ["list", "-m"] },
  http: { args: [] },
  exec: { args: [], startsOthers: true },
  threads: { args: [] },
};

const SOURCES: Record<string, string> = {
  http: `package main

import ("fmt"; "io"; "net/http"; "net/http/httptest")

func main() {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "x") }))
	defer s.Close()
	for range 20 { r, err := http.Get(s.URL); if err != nil { panic(err) }; io.Copy(io.Discard, r.Body); r.Body.Close() }
	fmt.Println("ok")
}
`,
  exec: `package main

import ("fmt"; "os/exec")

func main() { out, err := exec.Command("/bin/echo", "hi").Output(); if err != nil { panic(err) }; fmt.Print(string(out)) }
`,
  threads: `package main

import ("fmt"; "os"; "path/filepath"; "sync"; "time")

func main() {
	dir, err := os.MkdirTemp("", "sbx-bench-threads")
	if err != nil { panic(err) }
	defer os.RemoveAll(dir)
	var all sync.WaitGroup
	for i := range 200 { all.Go(func() { os.WriteFile(filepath.Join(dir, fmt.Sprint(i)), []byte("x"), 0o600); time.Sleep(time.Millisecond) }) }
	all.Wait()
	found, _ := os.ReadDir(dir)
	fmt.Println(len(found))
}
`,
};

/** Go preempts its spinning goroutine by a signal at each collection, so that every run needs what a signal does. */
const PREEMPTED = `package main

import "runtime"

func main() { go func() { for { } }(); for range 20 { runtime.GC() } }
`;

/** @returns path of the program */
export async function buildPreempted(dir: string): Promise<string> {
  const program = join(dir, "preempted");
  await build(program, PREEMPTED, await goEnv(process.env));
  return program;
}

/** @param dir gets the programs that are built here, and the files that the others work on */
export async function findSubjects(dir: string): Promise<{ subjects: Subject[]; missing: string[] }> {
  const env = await goEnv(process.env);
  const go = await execa("go", ["env", "GOROOT"], { env, extendEnv: false });
  const work = join(dir, "work");
  mkdirSync(work, { recursive: true });
  writeFileSync(join(work, "go.mod"), "module work\n\ngo 1.26\n");
  writeFileSync(join(work, "main.go"), SOURCES.threads ?? "");
  writeFileSync(join(work, "empty.go"), "package main\n\nfunc main() {}\n");
  for (const [name, source] of Object.entries(SOURCES)) await build(join(dir, name), source, env);
  const path = [
    dir,
    process.env.SBX_BENCH_PROGRAMS ?? "",
    join(go.stdout, "bin"),
    join(go.stdout, "pkg/tool/linux_amd64"),
    process.env.PATH ?? "",
  ].join(":");
  const subjects: Subject[] = [];
  const missing: string[] = [];
  for (const [name, { args, stdin = "", startsOthers = false }] of Object.entries(WORK)) {
    const program = findProgram(name, path);
    if (program === null) missing.push(name);
    else subjects.push({ name, command: [program, ...args], cwd: work, stdin, startsOthers });
  }
  return { subjects, missing };
}

async function build(out: string, source: string, env: Record<string, string>): Promise<void> {
  const dir = `${out}.src`;
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, "go.mod"), "module p\n\ngo 1.26\n");
  writeFileSync(join(dir, "main.go"), source);
  await execa("go", ["build", "-buildvcs=false", "-o", out, "."], { cwd: dir, env, extendEnv: false });
}
