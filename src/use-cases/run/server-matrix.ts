/** The configurations in which a server is measured: those of a program, on a network through which a load can reach it. */
import type { Matrix } from "../../axes/configuration.ts";
import type { NetworkName } from "../../axes/network.ts";
import { isBaseline } from "../../axes/sandbox.ts";
import { type ProgramMatrix, programMatrix } from "./program-matrix.ts";

const REACHED =
  "left out: a sandboxed server is reached through the veth pair, unless --network names another way";

/**
 * @param named the axes that were named on the command line, as resolved
 * @param hasWire a plain user can't make the veth pair: then every server is on the host's network
 */
export function serverMatrix(named: Partial<Matrix>, hasWire: boolean): ProgramMatrix {
  const { network, ...others } = named;
  const { matrix, exclude } = programMatrix(others);
  if (network !== undefined) return { matrix: { ...matrix, network }, exclude };
  const networks: NetworkName[] = hasWire ? ["host", "sandbox"] : ["host"];
  const sandboxes = matrix.sandbox.filter((sandbox) => !isBaseline({ sandbox }));
  const onHost = hasWire
    ? sandboxes.map((sandbox) => ({ cells: `${sandbox}*/net=host/*`, reason: REACHED }))
    : [];
  return { matrix: { ...matrix, network: networks }, exclude: [...exclude, ...onHost] };
}
