#!/usr/bin/env node
/** Parse, call one use case, map the outcome to an exit code. */
import { Command, CommanderError } from "commander";
import { SbxError } from "../base/errors.ts";
import { tellOfWaiting } from "../base/load-module.ts";
import { cleanOwnEnv } from "../base/own-env.ts";
import { commandsFor } from "./commands.ts";
import { EXIT, finalExitCode } from "./output/exit-codes.ts";
import { note } from "./output/note.ts";
import { printError } from "./output/print-error.ts";
import { watchStandardStreams } from "./output/standard-streams.ts";
import { keepIgnoring, refuseDebugger, stopExitCode } from "./output/stop-signals.ts";
import { configureProgram } from "./program.ts";

// What bin/sbx-bench saw before Node started; nothing that we start is to take it for its own.
const { SBX_IGNORED_SIGNALS, SBX_STDOUT_CLOSED } = process.env;
for (const name of ["SBX_IGNORED_SIGNALS", "SBX_STDOUT_CLOSED"]) delete process.env[name];
keepIgnoring(SBX_IGNORED_SIGNALS);
refuseDebugger();
const streams = watchStandardStreams(SBX_STDOUT_CLOSED === "1");

tellOfWaiting(note);
for (const line of cleanOwnEnv(process.env)) note(`note  ${line}`);
// Sandboxed programs run as another user, and have to reach what is made for them.
process.umask(0o022);

const debug = process.argv.includes("--debug");
try {
  requireWorkingFolder();
  const program = configureProgram(new Command(), await commandsFor(process.argv.slice(2)));
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has printed its message already; help and --version are no errors.
    process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
  } else {
    process.exitCode = printError(error, debug);
  }
}
const unprinted = await streams.finished();
if (unprinted !== null) printError(unprinted, debug);
process.exitCode = finalExitCode(Number(process.exitCode ?? EXIT.done), unprinted === null, stopExitCode());

/** Everything that is relative would fail, each with an errno of its own. @throws SbxError (exit code 4) */
function requireWorkingFolder(): void {
  try {
    process.cwd();
  } catch (cause) {
    throw new SbxError({
      what: "The folder in which this command runs no longer exists",
      why: "It was removed or moved, and relative paths start there.",
      fix: "Change to a folder that exists: cd .. or cd $HOME",
      exitCode: 4,
      cause,
    });
  }
}
