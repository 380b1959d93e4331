/** `run --serve`: a server behind --, and the load that drives it. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { LISTED, list } from "./list-option.ts";
import { refuseWithoutEffect } from "./without-effect.ts";

export type ServeFlags = {
  /** TCP port on which the server listens. */
  serve?: number;
  /** Requests a second. */
  rates?: string[];
  path?: string;
  protocol?: string;
};

/** As in the command's flags; they change what `--serve` does. */
const LOAD_OPTIONS = ["rates", "path", "protocol"] as const satisfies (keyof ServeFlags)[];

export function addServeOptions(command: Command): Command {
  return command
    .option("--serve <port>", "the program is a server on this port: drive it from outside its sandbox", port)
    .option(
      "--rates <list>",
      `with --serve: requests a second, a phase each (default: 100,500,2000); ${LISTED}`,
      list,
    )
    .option("--path <path>", "with --serve: what is asked for (default: /)")
    .addOption(new Option("--protocol <name>", "with --serve").choices(["http1", "http2", "tcp"]));
}

/** What was given of the load. */
export function loadOf({
  rates,
  path,
  protocol,
}: ServeFlags): Pick<ServeFlags, "rates" | "path" | "protocol"> {
  return {
    ...(rates === undefined ? {} : { rates }),
    ...(path === undefined ? {} : { path }),
    ...(protocol === undefined ? {} : { protocol }),
  };
}

/** @throws SbxError (exit code 2) for options of the load without a server, and of programs beside one */
export function refuseBesideServers(command: Command, flags: ServeFlags): void {
  if (flags.serve === undefined) {
    refuseWithoutEffect(
      command,
      LOAD_OPTIONS,
      "without --serve",
      "Leave it out, or name the port by --serve.",
    );
    return;
  }
  refuseWithoutEffect(
    command,
    ["expectExit", "stdin", "program"],
    "with --serve, which drives the one server behind -- until it stops it",
    "Leave it out; a configuration takes several servers (docs/servers.md).",
  );
}

function port(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError("It has to be a port from 1 to 65535.");
}
