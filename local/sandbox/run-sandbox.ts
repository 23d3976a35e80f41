import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { playAndTell } from "./play-and-tell.ts";
import { readSettings, type SandboxSettings } from "./read-settings.ts";
import { type Sandbox, startSandbox } from "./start-sandbox.ts";
import { listenForStop } from "./stop-signals.ts";

/** Longer than any call that may be under way; what isn't done by then is taken up by the next sandbox. */
const closeWithinMs = 3_000;

/**
 * Runs the sandbox until it is told to stop, or with `--exit` until the stock has been played, and gives the exit code.
 * What the user can put right is one sentence on stderr.
 */
export async function runSandbox(args: string[]): Promise<number> {
  const stop = listenForStop();
  try {
    const settings = readSettings(args, process.env);
    const starting = startSandbox(settings);
    const sandbox = await Promise.race([starting, once(stop, "abort").then(() => null)]);
    if (sandbox === null) {
      return interrupted;
    }
    const code = await live(sandbox, { settings, stop });
    await Promise.race([sandbox.close(), wait(closeWithinMs)]);
    return code;
  } catch (error) {
    console.error(describeFault(error));
    return 1;
  }
}

const interrupted = 130;

async function live(sandbox: Sandbox, { settings, stop }: { settings: SandboxSettings; stop: AbortSignal }) {
  console.log(`bridge listening on ${sandbox.bridgeUrl}`);
  console.log(`simulator listening on ${sandbox.simulatorUrl}`);
  const isComplete = settings.playsStock ? await playAndTell(sandbox, stop) : true;
  if (settings.exits) {
    return stop.aborted ? interrupted : Number(!isComplete);
  }
  if (!stop.aborted) {
    console.log(hint(sandbox));
    await once(stop, "abort");
  }
  return 0;
}

function hint({ bridgeUrl }: Sandbox): string {
  const port = new URL(bridgeUrl).port;
  return `send one:      ${port === "8787" ? "" : `PORT=${port} `}npm run send -- local/samples/snowmobile.json
see it pass:   curl -N '${bridgeUrl}/sandbox/ad-events?follow'
see its state: curl ${bridgeUrl}/sandbox/ads/SOLO/snowmobile-001
stop:          Ctrl-C`;
}

/** Errors made for the user are plain ones; every other kind is a bug of ours and comes with its place. */
function describeFault(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  return error.constructor === Error ? error.message : (error.stack ?? error.message);
}
