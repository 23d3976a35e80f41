import { z } from "zod";
import { type ApiRequest, detailReply, duplicateSourceId, jsonReply, type Reply } from "./exchange.ts";

const delayMs = z.int().min(0);
const head = {
  match: z.strictObject({ method: z.string().optional(), path: z.string().optional() }).default({}),
  times: z.int().min(1).default(1),
};

const retryAfter = z.union([z.int().min(0), z.string().regex(/^[\x20-\x7e]+$/)]);

/**
 * A fault on demand. The first four meet the request; the last three let it pass and spoil the work that it starts:
 * `late-log` keeps its log lines back for `delayMs`, `stuck` stops after the first line for `delayMs`, `publish-error`
 * ends its publish in error and, given `recoversAfterMs`, publishes all the same later.
 */
export const faultSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    ...head,
    kind: z.literal("status"),
    status: z.int().min(200).max(599),
    retryAfter: retryAfter.optional(),
    body: z.json().optional(),
  }),
  z.strictObject({ ...head, kind: z.literal("hang") }),
  z.strictObject({ ...head, kind: z.literal("drop-before") }),
  z.strictObject({ ...head, kind: z.literal("drop-after") }),
  z.strictObject({ ...head, kind: z.literal("late-log"), delayMs }),
  z.strictObject({ ...head, kind: z.literal("stuck"), delayMs }),
  z.strictObject({ ...head, kind: z.literal("publish-error"), recoversAfterMs: delayMs.optional() }),
]);

export type Fault = z.infer<typeof faultSchema>;
export type FaultInput = z.input<typeof faultSchema>;
export type JobFault = Extract<Fault, { kind: "late-log" | "stuck" | "publish-error" }>;
export type RequestFault = Exclude<Fault, JobFault>;

export function isJobFault(fault: Fault): fault is JobFault {
  return fault.kind === "late-log" || fault.kind === "stuck" || fault.kind === "publish-error";
}

function startsJob({ method, path }: ApiRequest): boolean {
  if (method === "GET") return /\/(bump|pole_position)\/?$/.test(path);
  return !/\/validate\/?$/.test(path);
}

function matches(fault: Fault, request: ApiRequest): boolean {
  const { match } = fault;
  if (match.method !== undefined && match.method.toUpperCase() !== request.method) return false;
  if (match.path !== undefined && !request.path.startsWith(match.path)) return false;
  return !isJobFault(fault) || startsJob(request);
}

/** The first fault in order of arrival that fits, counted down; null when none does. */
export function takeFault(faults: Fault[], request: ApiRequest): Fault | null {
  const index = faults.findIndex((fault) => matches(fault, request));
  const fault = faults[index];
  if (fault === undefined) return null;
  if (fault.times > 1) faults[index] = { ...fault, times: fault.times - 1 };
  else faults.splice(index, 1);
  return fault;
}

const documentedBodies: Record<number, unknown> = {
  400: ["The request was refused by a fault."],
  401: { detail: "Invalid token: Signature has expired" },
  403: { detail: "You do not have permission to perform this action." },
  404: { detail: "Not found." },
  409: duplicateSourceId,
  429: { detail: "Request was throttled." },
};

/** The answer of a `status` fault; without a body of its own it has the shape documented for its status. */
export function faultReply({ status, retryAfter, body }: Extract<Fault, { kind: "status" }>): Reply {
  const headers: Record<string, string> = retryAfter === undefined ? {} : { "retry-after": String(retryAfter) };
  if (typeof body === "string") {
    const contentType = body.trimStart().startsWith("<") ? "text/html" : "application/json";
    return { status, headers: { "content-type": contentType, ...headers }, body };
  }
  if (body !== undefined) return jsonReply(status, body, headers);
  const documented = documentedBodies[status];
  return documented === undefined
    ? detailReply(status, `Status ${status} by a fault.`, headers)
    : jsonReply(status, documented, headers);
}
