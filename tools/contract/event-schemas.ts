import * as z from "zod/mini";
import { cloudEventSchema, type InventoryEventType, inventoryDataSchemas } from "#shared/contracts/inventory-event.ts";
import type { JsonSchema } from "./json-schemas.ts";

export const inventoryEventTypes = Object.keys(inventoryDataSchemas) as InventoryEventType[];

const titles: Record<InventoryEventType, string> = {
  "inventory.item.upserted": "An item is for sale, as this document says",
  "inventory.item.removed": "An item is no longer for sale",
  "inventory.item.bump-requested": "An item's ad is to be renewed once, which is charged",
  "inventory.item.pole-position-requested": "An item's ad is to have pole position once, which is charged",
};

/**
 * An inventory event as JSON Schema (2020-12): the CloudEvents envelope with its `data`. As strict as the door, which refuses
 * unknown keys; what a schema can't say (a plate or a VIN, half a coordinate) is in the table of rules.
 */
export function inventoryEventJsonSchema(type: InventoryEventType): JsonSchema {
  const schema = z.extend(cloudEventSchema, { type: z.literal(type), data: inventoryDataSchemas[type] });
  return { title: titles[type], ...z.toJSONSchema(schema, { io: "input" }) };
}
