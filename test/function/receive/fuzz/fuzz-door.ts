import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { toMessageBody } from "#shared/aws/sqs-body.ts";
import { indexValues, type NamedValue, type VehicleValues } from "#shared/contracts/known-values.ts";
import { type QueueMessage, queueMessageSchema } from "#shared/contracts/queue-message.ts";
import { frontDoor, now } from "#test/function/receive/front-door.ts";
import { type Drawn, fuzzedSources, type Request } from "./draw-requests.ts";

const allowed = {
  authentic: [200, 202, 400, 403, 413, 415, 422],
  // What can be seen without looking at who sends it may be said first.
  forged: [400, 401, 404, 413, 415],
};

const valuesOf = (...names: string[]): NamedValue[] => names.map((name) => ({ id: name.toLowerCase(), name }));

/** Takes the samples as they are, so that what is changed in them is judged by these values too. */
const listedValues: VehicleValues[] = (["car", "boat"] as const).map((vehicleType) => ({
  vehicleType,
  fetchedAt: now,
  attributes: {
    brand: valuesOf("Volvo", "Bavaria", "Škoda"),
    "powertrain.fuel": valuesOf("Gasoline", "Electric"),
  },
  models: { volvo: valuesOf("V60", "V70") },
}));

export type Tally = { statuses: Map<number, number>; durationsMs: number[] };

/** A door to throw requests at. `knock` throws an Error that says what a request brought about that none should. */
export function fuzzDoor() {
  const door = frontDoor();
  door.cached = fuzzedSources;
  door.fresh = fuzzedSources;
  door.known = indexValues(listedValues);
  const tally: Tally = { statuses: new Map(), durationsMs: [] };
  return {
    tally,
    async knock({ request, isAuthentic, about }: Drawn): Promise<void> {
      door.queued.length = 0;
      door.lines.length = 0;
      door.reads.length = 0;
      const event = gatewayEvent(request);
      const startedAt = performance.now();
      const result = await door.handle(event);
      tally.durationsMs.push(performance.now() - startedAt);
      const status = result.statusCode ?? 0;
      tally.statuses.set(status, (tally.statuses.get(status) ?? 0) + 1);
      const faults = [
        ...(allowed[isAuthentic ? "authentic" : "forged"].includes(status) ? [] : [`answered ${status}`]),
        ...faultsOfAnswer(result),
        ...faultsOfQueue(door, result),
        ...faultsOfLog(door),
        ...(Object.keys(Object.prototype).length > 0 || "polluted" in {} ? ["a prototype was changed"] : []),
      ];
      if (faults.length > 0) {
        throw new Error(`${about}: ${faults.join("; ")}\n${result.body}`);
      }
    },
  };
}

type Door = ReturnType<typeof frontDoor>;
type Result = APIGatewayProxyStructuredResultV2;

function gatewayEvent({ source, query, headers, body, isBase64Encoded }: Request): APIGatewayProxyEventV2 {
  return {
    rawPath: `/sources/${source}/inventory-events`,
    rawQueryString: query,
    pathParameters: { source },
    headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)),
    requestContext: { requestId: "req-1", http: { method: "POST" } },
    body: body.toString("base64"),
    isBase64Encoded,
  } as unknown as APIGatewayProxyEventV2;
}

function faultsOfAnswer({ statusCode = 0, headers = {}, body = "" }: Result): string[] {
  const isProblem = statusCode >= 400;
  const answer = JSON.parse(body);
  const type = String(headers["content-type"]);
  return [
    ...(type === (isProblem ? "application/problem+json" : "application/json") ? [] : [`content type ${type}`]),
    ...(isProblem && answer.status !== statusCode ? ["another status in the problem"] : []),
    ...(/\bat .*\.ts:|node_modules/.test(body) ? ["a stack in the answer"] : []),
    ...(body.isWellFormed() ? [] : ["half a surrogate pair in the answer"]),
    ...(Buffer.byteLength(body) > 6 * 1024 * 1024 ? ["an answer that Lambda would refuse"] : []),
  ];
}

function faultsOfQueue({ queued }: Door, { statusCode, body = "" }: Result): string[] {
  if (statusCode !== 202) {
    return queued.length > 0 ? [`queued ${queued.length} with ${statusCode}`] : [];
  }
  const { items } = JSON.parse(body) as { items: { status: string }[] };
  const kinds = queued.map(({ kind }) => (kind === "inventory-event" ? "queued" : "rejected")).join();
  const unreadable = queued.filter(
    (message) => !queueMessageSchema.safeParse(JSON.parse(toMessageBody(message))).success,
  );
  return [
    ...queued.flatMap((message) => garblesOf(message).map((garble) => `queued ${garble} (${message.kind})`)),
    ...(items.map(({ status }) => status).join() === kinds ? [] : [`answered ${items.length}, queued ${kinds}`]),
    ...unreadable.map(({ kind }) => `queued a message of the kind ${kind} that could not be read`),
  ];
}

/** What would not come out of the queue as it was put in, or not be harmless there. */
function garblesOf(message: QueueMessage): string[] {
  const infinite = new Set<string>();
  const text = JSON.stringify(message, (key, value: unknown) => {
    if (typeof value === "number" && !Number.isFinite(value)) {
      infinite.add(key);
    }
    return value;
  });
  return [
    // JSON.stringify escapes half a pair, and nothing else of that range.
    ...(/\\ud[89a-f]/.test(text) ? ["half a surrogate pair"] : []),
    ...(text.includes('"__proto__":') ? ["a key that sets a prototype"] : []),
    ...(infinite.size > 0 ? ["a number that JSON has not"] : []),
  ];
}

function faultsOfLog({ lines }: Door): string[] {
  return lines.length === 1 && lines[0]?.level === "event" ? [] : [`${lines.length} lines, ${lines[0]?.level}`];
}
