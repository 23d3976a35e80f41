import assert from "node:assert/strict";
import { postInventoryEvents } from "#local/send/post-inventory-events.ts";
import { runBridge } from "#test/e2e/bridge/run-bridge.ts";
import { type RunningSandbox, startSandboxProcess } from "#test/e2e/sandbox-process.ts";
import { type Delivery, followAdEvents, until } from "#test/e2e/sandbox-views.ts";
import { countWaiting } from "./sandbox-environment.ts";

/** One night: what goes wrong, what is seen, what is typed. It rejects when it does not end as `docs/operations.md` says. */
export type Night = {
  /** What the blocks of it are called in `docs/operations.md`. */
  name: string;
  /** The paragraphs of the alarms that would ring. */
  alarms: readonly string[];
  play(desk: Desk): Promise<void>;
};

/** A line of the functions' logs, as far as it was parsed. */
export type LogLine = { message: string } & Record<string, unknown>;

/** Where somebody sits at night: a sandbox, its log, a terminal; and a note of what the screen showed. */
export type Desk = Awaited<ReturnType<typeof openDesk>>;

/** Which line, what of it is shown, what its metrics are at least, and what it says of others. */
type Sought = {
  message: string;
  show: readonly string[];
  atLeast?: Record<string, number>;
  saying?: Record<string, string>;
};

/** In documents the sandbox is where it is by itself. */
const documentedUrl = "http://127.0.0.1:8787";

/** Opens a desk before a sandbox that logs everything. With `dir` its state outlives `restart`. */
export async function openDesk({ dir }: { dir?: string } = {}) {
  const env = { LOG_LEVEL: "INFO", ...(dir === undefined ? {} : { SANDBOX_DIR: dir }) };
  const start = () => startSandboxProcess({ args: ["--no-stock"], env });
  let sandbox = await start();
  const blocks = new Map<string, string[]>();
  let lines: string[] = [];
  const note = (text: string) => void lines.push(...text.trimEnd().split("\n"));
  const send = async (event: unknown) => void (await postInventoryEvents(sandbox.bridgeUrl, JSON.stringify(event)));
  return {
    sandbox: () => sandbox,
    blocks: () => new Map([...blocks].map(([name, block]) => [name, block.join("\n")])),
    /** Everything noted from now on belongs to this block. */
    beginBlock: (name: string) => {
      lines = [];
      blocks.set(name, lines);
    },
    note,
    send,
    /** Types a command, and notes it with what it answered; fails unless it ends with `code`. */
    type: async (command: string, code = 0): Promise<string> => {
      const answer = await runBridge(sandbox.bridgeUrl, command.split(" "));
      const shown = (answer.stderr + answer.stdout).replaceAll(sandbox.bridgeUrl, documentedUrl);
      assert.equal(answer.code, code, `${command} ended with ${answer.code}: ${shown}`);
      note(`$ npm run bridge -- ${command}\n${shown}`);
      return shown;
    },
    /** Waits for a line of the log, and notes what of it is to be shown. */
    findLine: async (sought: Sought): Promise<LogLine> => {
      const line = await until(async () => readLines(sandbox).find((one) => isSought(one, sought)));
      note(JSON.stringify(Object.fromEntries(["message", ...sought.show].map((name) => [name, line[name]]))));
      return line;
    },
    /** Waits until the bus has brought an ad event of an item. */
    hear: (itemId: string, type: string, fits: (delivery: Delivery) => boolean = () => true) =>
      followAdEvents(
        sandbox.bridgeUrl,
        (delivery) => delivery["detail-type"] === type && delivery.detail.metadata.itemId === itemId && fits(delivery),
      ),
    /** Stops the sandbox once its queue is empty, does something to what it has kept, and starts it again. */
    restart: async (meanwhile: () => Promise<void>) => {
      await until(async () => (await countWaiting(sandbox.bridgeUrl)) === 0);
      await sandbox.end("SIGTERM");
      await meanwhile();
      sandbox = await start();
    },
    [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose](),
  };
}

function isSought(line: LogLine, { message, atLeast = {}, saying = {} }: Sought): boolean {
  return (
    line.message === message &&
    Object.entries(atLeast).every(([name, least]) => Number(line[name]) >= least) &&
    Object.entries(saying).every(([name, word]) => line[name] === word)
  );
}

function readLines(sandbox: RunningSandbox): LogLine[] {
  const text = `${sandbox.stdout()}\n${sandbox.stderr()}`;
  return text
    .split("\n")
    .flatMap((line) => (line.startsWith('{"level"') && line.endsWith("}") ? [JSON.parse(line)] : []));
}
