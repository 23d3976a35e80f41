import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";
import { type AdEventType, adEventDataSchemas } from "#shared/contracts/ad-event.ts";
import { itemSchema } from "#shared/contracts/inventory-event.ts";

export type StockStep = {
  /** The file as it is, to be posted. */
  body: string;
  eventId: string;
  eventType: string;
  /** The ad event that is to come of it. */
  expect: AdEventType;
};

/** One ad of the sample stock; a step begins once the ad event of the one before has arrived. */
export type StockItem = { about: string; dealerCode: string; itemId: string; steps: StockStep[] };

const adEventTypes = Object.keys(adEventDataSchemas) as [AdEventType, ...AdEventType[]];
const stockSchema = z.array(
  z.object({
    about: z.string(),
    steps: z.array(z.object({ file: z.string(), expect: z.enum(adEventTypes) })).check(z.minLength(1)),
  }),
);
const eventSchema = z.object({ id: z.string(), type: z.string(), data: z.looseObject(itemSchema.shape) });

const samplesFolder = join(import.meta.dirname, "..", "samples");

/** The sample stock of `local/samples`, in the order of its `stock.json`, which also says what is expected. */
export function loadStock(folder = samplesFolder): StockItem[] {
  const read = (file: string) => readFileSync(join(folder, file), "utf8");
  return stockSchema.parse(JSON.parse(read("stock.json"))).map(({ about, steps }) => {
    const played = steps.map(({ file, expect }) => {
      const body = read(file);
      return { body, expect, event: eventSchema.parse(JSON.parse(body)) };
    });
    const items = new Set(played.map(({ event }) => `${event.data.dealerCode}/${event.data.itemId}`));
    const [first] = played;
    if (first === undefined || items.size !== 1) {
      throw new Error(`the steps of "${about}" in stock.json are not all about one item`);
    }
    return {
      about,
      dealerCode: first.event.data.dealerCode,
      itemId: first.event.data.itemId,
      steps: played.map(({ body, expect, event }) => ({ body, expect, eventId: event.id, eventType: event.type })),
    };
  });
}
