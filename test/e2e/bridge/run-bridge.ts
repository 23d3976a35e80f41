import { run } from "#test/e2e/sandbox-process.ts";

/** Runs one command of the bridge's program against a sandbox, and waits for its end. */
export async function runBridge(bridgeUrl: string, args: readonly string[]) {
  const program = run("bridge", { args: [...args, "--sandbox", bridgeUrl] });
  const { code } = await program.exited;
  return { code, stdout: program.stdout(), stderr: program.stderr() };
}

/** Has the simulator fail some of the next requests. */
export async function addFault(simulatorUrl: string, fault: Record<string, unknown>): Promise<void> {
  const answer = await fetch(`${simulatorUrl}/control/faults`, { method: "POST", body: JSON.stringify(fault) });
  if (!answer.ok) {
    throw new Error(`the simulator took no fault: ${await answer.text()}`);
  }
}

/** Ends all faults. */
export async function clearFaults(simulatorUrl: string): Promise<void> {
  await fetch(`${simulatorUrl}/control/faults`, { method: "DELETE" });
}
