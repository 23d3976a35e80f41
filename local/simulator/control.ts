import type { z } from "zod";
import { adminAdSchema, clockSchema, v3AdSchema } from "./control-inputs.ts";
import { detailReply, jsonReply, notFound, type Reply } from "./exchange.ts";
import { faultSchema } from "./faults.ts";
import type { Marketplace } from "./marketplace.ts";
import { type SettingsPatch, settingsPatchSchema } from "./settings.ts";

export interface ControlRequest {
  method: string;
  /** With `/control`, without the query. */
  path: string;
  body: string;
}

function sentenceOf(error: z.ZodError): string {
  const issue = error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? "body" : issue.path.join(".");
  return `${where}: ${issue?.message ?? "invalid"}.`;
}

/** Reads a control body and hands it on; what it is not fit for is told in one sentence. */
function take<Schema extends z.ZodType>(body: string, schema: Schema, use: (value: z.output<Schema>) => Reply): Reply {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return detailReply(400, "The body is not JSON.");
  }
  const parsed = schema.safeParse(json);
  return parsed.success ? use(parsed.data) : detailReply(400, sentenceOf(parsed.error));
}

type Control = (marketplace: Marketplace, body: string) => Reply;

const controls: Record<string, Record<string, Control>> = {
  "/control/requests": { GET: (marketplace) => jsonReply(200, marketplace.requests()) },
  "/control/charges": { GET: (marketplace) => jsonReply(200, marketplace.charges()) },
  "/control/faults": {
    POST: (marketplace, body) =>
      take(body, faultSchema, (fault) => {
        marketplace.addFault(fault);
        return jsonReply(201, fault);
      }),
    DELETE: (marketplace) => {
      marketplace.clearFaults();
      return jsonReply(200, {});
    },
  },
  "/control/clock": {
    GET: (marketplace) => jsonReply(200, { now: new Date(marketplace.now()).toISOString() }),
    POST: (marketplace, body) =>
      take(body, clockSchema, (move) => {
        marketplace.moveClock(move);
        return jsonReply(200, { now: new Date(marketplace.now()).toISOString() });
      }),
  },
  "/control/v3-ads": {
    POST: (marketplace, body) =>
      take(body, v3AdSchema, (ad) => {
        marketplace.seedV3Ad(ad);
        return jsonReply(201, ad);
      }),
  },
  "/control/admin-ads": {
    POST: (marketplace, body) =>
      take(body, adminAdSchema, (ad) => {
        marketplace.addAdminAd(ad);
        return jsonReply(201, ad);
      }),
  },
  "/control/settings": {
    GET: (marketplace) => jsonReply(200, marketplace.settings()),
    PATCH: (marketplace, body) =>
      take(body, settingsPatchSchema, (patch) => {
        marketplace.changeSettings(patch as SettingsPatch);
        return jsonReply(200, marketplace.settings());
      }),
  },
};

/** Answers the interface by which a test makes the simulator misbehave and sees what it was asked. */
export function answerControl(marketplace: Marketplace, { method, path, body }: ControlRequest): Reply {
  const operations = Object.hasOwn(controls, path) ? controls[path] : undefined;
  if (operations === undefined) return notFound();
  const operation = Object.hasOwn(operations, method) ? operations[method] : undefined;
  if (operation !== undefined) return operation(marketplace, body);
  return detailReply(405, `Method "${method}" not allowed.`, { allow: Object.keys(operations).join(", ") });
}
