import { z } from "zod";
import type { QuirkValues } from "#local/simulator/quirks.ts";

export const actions = ["create", "update", "bump", "boost", "delete", "handle_media", "publish", "unpublish"] as const;
export const actionStates = ["processing", "done", "error"] as const;
export const adStates = ["created", "deleted"] as const;

/** 400 and 409. */
export const refusalSchema = z.union([z.array(z.string()), z.looseObject({})]).meta({
  description: "Lists of texts by field, nested as the body is; a bare list of texts where no field is meant",
});

/** 401, 403, 404, 405, 413, 415. */
export const detailSchema = z.looseObject({ detail: z.string() });

const timestamp = z.string().meta({ description: "ISO 8601" });

export const logEntrySchema = z.object({
  request_id: z.uuid(),
  created: timestamp,
  action: z.enum(actions),
  state: z.enum(actionStates),
  external_message: z.union([z.string(), z.looseObject({})]),
});

const imageRefSchema = z.object({ url: z.string(), cdn_url: z.string(), id: z.string(), checksum: z.string() });

/** A whole row, and the columns of it that a query can ask for. */
export function rowSchema({ logField, categoryIdForm, storeId }: QuirkValues) {
  return z.object({
    id: z.uuid(),
    source_id: z.string(),
    dealer_code: z.string(),
    category_id: categoryIdForm === "number" ? z.int() : z.string(),
    state: z.enum(adStates),
    title: z.string(),
    body: z.string().nullable(),
    visible: z.boolean(),
    price: z.array(z.looseObject({ type: z.string(), amount: z.int() })),
    image_refs: z.array(imageRefSchema),
    url: z.string().nullable(),
    video_url: z.string().nullable(),
    location: z.looseObject({}).nullable(),
    contact: z.looseObject({}).nullable(),
    category_fields: z.looseObject({}),
    dont_publish_on_failed_images: z.boolean(),
    product_declaration: z.string().nullable(),
    blocket_ad_id: z.string().nullable(),
    ...(storeId === "present" && { blocket_store_id: z.string().nullable() }),
    offer_id: z.string().nullable().optional().meta({ description: "Of registered vehicles only" }),
    api_version: z.enum(["v3", "v4"]),
    created: timestamp,
    updated: timestamp,
    [logField]: z.array(logEntrySchema).optional(),
    request_id: z.uuid().optional().meta({ description: "Under the quirk writeReply `row-with-request-id`" }),
  });
}

/** A page of rows or log entries, in the envelope that the quirk `pageEnvelope` chooses. */
export function pageSchema(item: z.ZodType, { pageEnvelope }: QuirkValues): z.ZodType {
  const results = z.array(item);
  if (pageEnvelope === "array") return results;
  return z.object({ count: z.int(), next: z.string().nullable(), previous: z.string().nullable(), results });
}

export const namedValuesSchema = z.array(z.object({ id: z.string(), name: z.string() }));
