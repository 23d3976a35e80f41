import { z } from "zod";

/** The event as a tutorial would describe it: the envelope and the fields of a car. */
export const inventoryEventSchema = z.object({
  specversion: z.literal("1.0"),
  id: z.string().min(1).max(200),
  source: z.string().min(1),
  type: z.literal("inventory.item.upserted"),
  time: z.iso.datetime(),
  datacontenttype: z.string().optional(),
  data: z.object({
    dealerCode: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
    itemId: z.string().min(1).max(200),
    vehicleType: z.enum(["car", "motorcycle", "moped", "snowmobile", "truck", "caravan"]),
    ad: z.object({
      body: z.string().min(1),
      visible: z.boolean(),
      price: z.array(z.object({ type: z.string(), amount: z.number().positive(), currency: z.literal("SEK") })),
      image_urls: z.array(z.url()).max(38),
      url: z.url().optional(),
      video_url: z.url().optional(),
      location: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
      category_fields: z.looseObject({
        brand: z.string(),
        model: z.string().optional(),
        model_year: z.number().int().optional(),
        registration_number: z.string().optional(),
        condition: z
          .object({
            mileage: z.object({ unit: z.enum(["mil", "km"]), value: z.number() }),
            is_new_vehicle: z.boolean(),
          })
          .optional(),
        equipments: z.array(z.string()).optional(),
      }),
    }),
  }),
});

export type InventoryEvent = z.infer<typeof inventoryEventSchema>;

/** A body holds one event or a list of them. */
export const webhookBodySchema = z.union([inventoryEventSchema, z.array(inventoryEventSchema).max(100)]);

/** What the references find in their environment. */
export const settingsSchema = z.object({
  TABLE_NAME: z.string().min(1),
  QUEUE_URL: z.url(),
  WEBHOOK_SECRET: z.string().startsWith("whsec_"),
});
