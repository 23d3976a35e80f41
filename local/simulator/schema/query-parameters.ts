import { z } from "zod";
import { actionStates, actions, adStates } from "./reply-schemas.ts";

function choice(values: readonly string[]): z.ZodType {
  return z.enum(values as [string, ...string[]], {
    error: ({ input }) => `Select a valid choice. ${String(input)} is not one of the available choices.`,
  });
}

const time = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/, "Enter a valid date/time.")
  .refine((value) => !Number.isNaN(Date.parse(`${value.replace(" ", "T")}Z`)), "Enter a valid date/time.")
  .meta({ description: "YYYY-MM-DD HH:MM:SS" });

const number = z.string().regex(/^\d+$/, "Enter a number.");
const numbers = z
  .string()
  .regex(/^\s*\d*\s*(,\s*\d*\s*)*$/, "Enter a number.")
  .meta({ description: "Comma separated" });
const names = z.string().meta({ description: "Comma separated" });
const any = z.string();

const timeNames = ["created", "updated"].flatMap((name) => ["gt", "gte", "lt", "lte"].map((end) => `${name}__${end}`));

/** Every documented filter of the list of ads. A value that does not fit is refused with 400 under the filter's name. */
export const adFilterSchemas = {
  id: any,
  state: choice(adStates),
  source_id: any,
  source_id__in: names,
  source_id__icontains: any,
  dealer_code: any,
  category_id: number,
  category_id__in: numbers,
  search: any,
  blocket_ad_id: any,
  blocket_ad_id__in: names,
  blocket_store_id: any.meta({ description: "Under the quirk storeId `present`; ignored else" }),
  registration_number: any,
  ...Object.fromEntries(timeNames.map((name) => [name, time])),
} satisfies Record<string, z.ZodType>;

export const logFilterSchemas = { action: choice(actions), state: choice(actionStates), request_id: any };

const lenient = "A value that cannot be used counts as absent.";
const limit = {
  limit: z.int().min(1).meta({ description: lenient }),
  offset: z.int().min(0).meta({ description: lenient }),
};
const columns = { fields: names };

function ordering(...fields: string[]): Record<string, z.ZodType> {
  const values = fields.flatMap((name) => [name, `-${name}`]);
  return { ordering: z.enum(values as [string, ...string[]]).meta({ description: lenient }) };
}

const flag = z.enum(["true", "false"]);

/** All parameters of a query, by the kind of list or call that takes them. None is needed but `brand`. */
export const queryParameters = {
  ads: { ...adFilterSchemas, ...limit, ...ordering("created", "updated", "source_id"), ...columns, include: names },
  log: { ...logFilterSchemas, ...limit, ...ordering("created") },
  columns,
  bump: { exclude_bytbil: flag, exclude_blocket: flag },
  models: { brand: z.string().min(1) },
} satisfies Record<string, Record<string, z.ZodType>>;
