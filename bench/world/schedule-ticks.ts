import { productionSettings } from "#cdk/stages.ts";
import { chains } from "#shared/aws/table-keys.ts";
import type { World } from "./world.ts";

const minuteMs = 60_000;

/**
 * Sends the schedule's tick at each minute at which there is a chain to take up, whose round was lost or is a minute late. All other
 * ticks, and what else a tick does, cost the same whether anything changes or not (`npm run costs`).
 */
export function scheduleTicks({ engine, table }: World, until: number, send: () => void): void {
  const lostMs = productionSettings.waits.chainLostMs;
  const isAnyLost = () => {
    const values = { ":token": { S: chains }, ":until": { N: String(engine.now() - lostMs) } };
    const query = { TableName: "", IndexName: "due", ExpressionAttributeValues: values, Limit: 1 };
    return table.query(query, () => {}).Items.length > 0;
  };
  const schedule = (at: number) => {
    if (at <= until) {
      engine.at(at, () => {
        if (isAnyLost()) {
          send();
        }
        schedule(at + minuteMs);
      });
    }
  };
  schedule(engine.now() + minuteMs);
}
