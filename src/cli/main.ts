#!/usr/bin/env node
/** Parse, call one use case, map the outcome to an exit code. */
import { Command, CommanderError } from "commander";
import { cleanOwnEnv } from "../base/own-env.ts";
import { EXIT } from "./exit-codes.ts";
import { printError } from "./print-error.ts";
import { configureProgram } from "./program.ts";

// A reader that closes the pipe early (`| head`) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(EXIT.done);
  throw error;
});

cleanOwnEnv(process.env);
// Sandboxed programs run as another user, and have to reach what is made for them.
process.umask(0o022);

const program = configureProgram(new Command());
try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has printed its message already; help and --version are no errors.
    process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
  } else {
    process.exitCode = printError(error, process.argv.includes("--debug"));
  }
}
