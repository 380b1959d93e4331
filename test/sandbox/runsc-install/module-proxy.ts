/** A module proxy in a folder (GOPROXY=file://...) that has a gVisor of two files, so that no network is needed. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";

const MODULE = "gvisor.dev/gvisor";
export const VERSION = "v0.0.0-20260102030405-0123456789ab";

const GO_MOD = `module ${MODULE}\n\ngo 1.21\n`;
const MAIN = `package main

import (
	"fmt"

	"${MODULE}/runsc/version"
)

func main() { fmt.Println("runsc version", version.Version()) }
`;
const STAMP = `package version

var version = "VERSION_MISSING"

func Version() string { return version }
`;

/** @param broken a module that does not compile */
export function moduleProxy(folder: string, broken = false): string {
  const versions = join(folder, MODULE, "@v");
  mkdirSync(versions, { recursive: true });
  const info = JSON.stringify({ Version: VERSION, Time: "2026-01-02T03:04:05Z" });
  writeFileSync(join(folder, MODULE, "@latest"), info);
  writeFileSync(join(versions, "list"), "");
  writeFileSync(join(versions, `${VERSION}.info`), info);
  writeFileSync(join(versions, `${VERSION}.mod`), GO_MOD);
  const prefix = `${MODULE}@${VERSION}/`;
  writeFileSync(
    join(versions, `${VERSION}.zip`),
    storedZip({
      [`${prefix}go.mod`]: GO_MOD,
      [`${prefix}runsc/main.go`]: broken ? "package main\n\nfunc main() { nothing() }\n" : MAIN,
      [`${prefix}runsc/version/version.go`]: STAMP,
    }),
  );
  return `file://${folder}`;
}

/** A zip file without compression (APPNOTE.TXT 4.3: local headers, central directory, its end). */
function storedZip(files: Record<string, string>): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const [nameBytes, data] = [Buffer.from(name), Buffer.from(text)];
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt32LE(crc32(data), 10);
    fields.writeUInt32LE(data.length, 14);
    fields.writeUInt32LE(data.length, 18);
    fields.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), fields, nameBytes, data]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\0"), fields, rest, nameBytes]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(central.length, 4);
  end.writeUInt16LE(central.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from("PK\x05\x06"), end]);
}
