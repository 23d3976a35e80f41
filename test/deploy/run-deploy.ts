import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listenForStop } from "#local/sandbox/stop-signals.ts";
import { startSimulator } from "#local/simulator/server.ts";
import { bootstrap, deployRelease, type Target } from "./deploy-release.ts";
import { countErrors, isSlowness } from "./function-logs.ts";
import { listenAtQueue } from "./listen-at-queue.ts";
import { demand } from "./proofs/demand.ts";
import { bridgeOf, type DeployedBridge, putSecrets } from "./proofs/deployed-bridge.ts";
import { proveClock, proveNoDeadLetters } from "./proofs/nothing-left.ts";
import { proveDoor, proveSampleStock } from "./proofs/sample-stock.ts";
import { proveUpdateInFlight } from "./proofs/update-in-flight.ts";
import { makePythonEnvironment } from "./python-environment.ts";
import { type Assembly, synthesizeRelease } from "./release.ts";
import { sideBySide } from "./run-program.ts";
import type { Release } from "./stage.ts";
import { type Account, startAccount } from "./start-account.ts";

/*
 * npm run test:deploy
 * Deploys the stacks to an emulated account, uses them, updates them while ads are on their way, and leaves nothing behind.
 */
const limitMs = 600_000;

const startedAt = performance.now();
const seconds = () => `${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(6)} s`;
const say = (line: string) => void process.stdout.write(`${seconds()}  ${line}\n`);

async function proveDeployment(stop: AbortSignal): Promise<void> {
  await using closing = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "blocket-bridge-deploy-"));
  closing.defer(() => rm(folder, { recursive: true, force: true }));
  const simulator = await startSimulator({ port: 0 });
  closing.defer(() => simulator.close());
  const marketplaceUrl = `${simulator.url}/pro-import-api`;
  const synthesize = (release: Release, signal: AbortSignal) =>
    synthesizeRelease({ release, marketplaceUrl, folder, stop: signal });
  const [account, first, second] = await sideBySide(stop, (signal) => [
    openAccount(folder, closing, signal),
    synthesize("first", signal),
    synthesize("second", signal),
  ]);
  const target = { account, folder, stop };
  const deployed = await deployRelease(target, first);
  say(`deployed 3 stacks, ${deployed.resources} resources, in ${deployed.seconds.toFixed(1)} s`);
  await putSecrets();
  const deaf = new AbortController();
  const bus = listenAtQueue(deployed.listenerQueueUrl, (error) => deaf.abort(error));
  closing.defer(() => bus.close());
  const bridge = bridgeOf({ account, deployed, bus, simulator, stop: AbortSignal.any([stop, deaf.signal]) });
  try {
    await proveAll(bridge, { target, second });
  } catch (error) {
    await tellErrors(account, stop);
    throw error;
  }
}

async function openAccount(folder: string, closing: AsyncDisposableStack, stop: AbortSignal): Promise<Account> {
  const python = await makePythonEnvironment(folder, stop);
  say(`a Python environment with ministack ${python.version}, every package of it by its hash`);
  const account = await startAccount({ python, folder, stop });
  closing.defer(() => account.close());
  say(`an emulated account at ${account.endpoint}: TLS, and permissions enforced`);
  await bootstrap({ account, folder, stop });
  say("bootstrapped");
  return account;
}

async function proveAll(bridge: DeployedBridge, update: { target: Target; second: Assembly }): Promise<void> {
  say(await proveSampleStock(bridge));
  say(await proveDoor(bridge));
  for (const line of await proveUpdateInFlight(bridge, update)) {
    say(line);
  }
  say(await proveClock(bridge));
  say(await proveNoDeadLetters());
  const errors = await countErrors(bridge.account);
  const late = [...errors].filter(([error]) => isSlowness(error)).reduce((sum, [, times]) => sum + times, 0);
  demand([...errors.keys()].every(isSlowness), "the functions logged errors");
  say(
    `no error in the functions' logs${late === 0 ? "" : `, but ${late} calls that a busy machine answered too late`}`,
  );
}

/** What the functions said may tell why a proof has failed. */
async function tellErrors(account: Account, stop: AbortSignal): Promise<void> {
  if (!stop.aborted) {
    for (const [error, times] of await countErrors(account)) {
      say(`${times} times in ${error}`);
    }
  }
}

const stop = listenForStop();
const timeout = AbortSignal.timeout(limitMs);
try {
  await proveDeployment(AbortSignal.any([stop, timeout]));
  say("the deployment is proven; nothing of it is left running");
  process.exitCode = 0;
} catch (error) {
  const reason = timeout.aborted ? `not done within ${limitMs / 1_000} s` : (error as Error).message;
  say(stop.aborted ? "stopped" : `FAILED: ${reason}`);
  process.exitCode = stop.aborted ? 130 : 1;
}
