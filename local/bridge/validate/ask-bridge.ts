import type { Access } from "#local/bridge/read-access.ts";
import { postInventoryEvents } from "#local/send/post-inventory-events.ts";
import type { BridgeVerdict } from "./verdicts.ts";

/** Has the bridge judge a file of events in a dry run. Rejects with one sentence when it judges none of them. */
export async function askBridge({ bridgeUrl, source, secret }: Access, text: string): Promise<BridgeVerdict[]> {
  const { status, items, problem } = await post();
  if (items.length === 0) {
    throw new Error(`the bridge judged nothing: ${status} ${problem ?? "no events"}`);
  }
  return items.map(({ id, errors = [], warnings = [] }) => ({ id, faults: errors, warnings }));

  async function post() {
    try {
      return await postInventoryEvents(bridgeUrl, text, { source, secret, isDryRun: true });
    } catch (cause) {
      throw new Error(`no bridge answers at ${bridgeUrl}: start a sandbox with npm start, or set BRIDGE_URL`, {
        cause,
      });
    }
  }
}
