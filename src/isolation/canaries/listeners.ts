/** Listeners of the harness, at which a nonce may arrive. */
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, constants, openSync, writeSync } from "node:fs";
import { connect, createServer, type Server, Socket } from "node:net";
import { join } from "node:path";

const CONTROL_LIMIT_MS = 2000;
const MOST_BYTES = 4096;

export type Place = "loopback" | "socket" | "fifo" | "abstract";

export class Listeners {
  readonly #arrived = new Map<Place, string>();
  readonly #closers: (() => void)[] = [];
  readonly #controls = new Map<Place, (text: string) => void>();
  readonly #nonce: string;
  port = 0;

  constructor(nonce: string) {
    this.#nonce = nonce;
  }

  /** @param dir of the canaries @param abstract name of the abstract socket */
  async open(dir: string, abstract: string): Promise<void> {
    const loopback = await this.#listen("loopback", { host: "127.0.0.1", port: 0 });
    const address = loopback.address();
    this.port = address !== null && typeof address === "object" ? address.port : 0;
    const path = join(dir, "socket");
    await this.#listen("socket", { path });
    // Whoever is let in may connect: the sandbox has to keep them out, not the mode.
    chmodSync(path, 0o666);
    await this.#listen("abstract", { path: `\0${abstract}` });
    this.#openFifo(join(dir, "fifo"));
  }

  hasArrived(place: Place): boolean {
    return this.#has(place, this.#nonce);
  }

  /** Sends something to each as a probe would. @returns the first at which it does not arrive */
  async broken(control: string): Promise<Place | null> {
    for (const [place, send] of this.#controls) {
      send(control);
      const limit = Date.now() + CONTROL_LIMIT_MS;
      while (!this.#has(place, control)) {
        if (Date.now() > limit) return place;
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    }
    return null;
  }

  close(): void {
    for (const close of this.#closers) close();
  }

  #has(place: Place, text: string): boolean {
    return (this.#arrived.get(place) ?? "").includes(text);
  }

  /** What is not read cannot fill the memory: only the newest bytes are kept. */
  #take(place: Place, chunk: string): void {
    this.#arrived.set(place, ((this.#arrived.get(place) ?? "") + chunk).slice(-MOST_BYTES));
  }

  async #listen(place: Place, where: { host: string; port: number } | { path: string }): Promise<Server> {
    const server = createServer((socket) => {
      this.#closers.push(() => socket.destroy());
      socket.setEncoding("latin1").on("data", (chunk: string) => {
        this.#take(place, chunk);
        socket.write("\n");
      });
      socket.on("error", () => {});
    });
    server.listen(where);
    await once(server, "listening");
    server.unref();
    this.#closers.push(() => server.close());
    this.#controls.set(place, (text) => {
      const address = server.address();
      if (address === null) return;
      const socket =
        typeof address === "string" ? connect({ path: address }) : connect(address.port, "127.0.0.1");
      this.#closers.push(() => socket.destroy());
      socket.on("error", () => {});
      socket.write(text);
    });
    return server;
  }

  #openFifo(path: string): void {
    execFileSync("mkfifo", ["-m", "0666", path], { timeout: CONTROL_LIMIT_MS, stdio: "ignore" });
    chmodSync(path, 0o666);
    // For reading and writing, so that the end of one writer is not the end of all: fifo(7).
    const fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
    const pipe = new Socket({ fd, readable: true, writable: false });
    pipe.setEncoding("latin1").on("data", (chunk: string) => this.#take("fifo", chunk));
    pipe.on("error", () => {});
    pipe.unref();
    this.#closers.push(() => pipe.destroy());
    this.#controls.set("fifo", (text) => writeSync(fd, text));
  }
}
