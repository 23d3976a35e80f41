import { PutEventsCommand, type PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import { type CanaryDetail, canaryDetailType } from "#shared/contracts/canary.ts";
import { askAws } from "./ask-aws.ts";
import type { BusAccess } from "./event-bridge-bus.ts";

/** Canaries to the bus of the ad events, under the same source: what stops those stops them. */
export function eventBridgeCanary({ client, busName, source }: BusAccess) {
  return {
    async put({ sentAt }: { sentAt: number }): Promise<void> {
      const detail: CanaryDetail = { version: 1, sentAt };
      const entry: PutEventsRequestEntry = {
        Time: new Date(sentAt),
        Source: source,
        DetailType: canaryDetailType,
        Detail: JSON.stringify(detail),
        EventBusName: busName,
      };
      await askAws("put a canary on the bus", async () => {
        const { Entries: [result] = [] } = await client.send(new PutEventsCommand({ Entries: [entry] }));
        if (result?.EventId === undefined) {
          throw new Error(`the bus did not take it: ${result?.ErrorCode ?? "it said nothing"}`);
        }
      });
    },
  };
}
