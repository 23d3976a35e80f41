import { z } from "zod";
import type { ApiRequest } from "./exchange.ts";
import { jobFaultKinds } from "./fault-kinds.ts";

const delayMs = z.int().min(0);
const status = z.int().min(200).max(599);
const retryAfter = z.union([z.int().min(0), z.string().regex(/^[\x20-\x7e]+$/)]);
const head = {
  match: z.strictObject({ method: z.string().optional(), path: z.string().optional() }).default({}),
  times: z.int().min(1).default(1),
};

/** A fault on demand. What each kind does is said in its description, which the documentation shows too. */
export const faultSchema = z.discriminatedUnion("kind", [
  z
    .strictObject({
      ...head,
      kind: z.literal("status"),
      status,
      retryAfter: retryAfter.optional(),
      body: z.json().optional(),
    })
    .describe("Answers with a status, without acting; `body` in place of the one documented for that status."),
  z
    .strictObject({ ...head, kind: z.literal("html"), status: status.default(502), acts: z.boolean().default(false) })
    .describe("Answers with an HTML page, as a gateway would; acts before only when `acts` is true."),
  z.strictObject({ ...head, kind: z.literal("hang") }).describe("Never answers and never acts."),
  z
    .strictObject({ ...head, kind: z.literal("slow"), delayMs })
    .describe("Acts at once and answers after `delayMs`; longer than the client waits, that is a lost answer."),
  z.strictObject({ ...head, kind: z.literal("drop-before") }).describe("Closes the connection without acting."),
  z
    .strictObject({ ...head, kind: z.literal("drop-during") })
    .describe("Acts, sends the head and half of the body, and closes the connection."),
  z
    .strictObject({ ...head, kind: z.literal("drop-after") })
    .describe("Acts, and closes the connection without an answer."),
  z
    .strictObject({ ...head, kind: z.literal("truncated") })
    .describe("Acts, and answers with JSON that ends in its middle, as if that were all."),
  z
    .strictObject({ ...head, kind: z.literal("revoke-token"), forMs: delayMs.optional() })
    .describe(
      "Revokes the token of the request: 401 to it and to all that follow, for `forMs` or until faults are cleared.",
    ),
  z
    .strictObject({ ...head, kind: z.literal("late-log"), delayMs })
    .describe("The lines of the work that the request starts come into the log `delayMs` late, each at its own time."),
  z
    .strictObject({ ...head, kind: z.literal("stuck"), delayMs })
    .describe("The work stops for `delayMs` after its first line, and all later work on the ad behind it."),
  z
    .strictObject({ ...head, kind: z.literal("image-error") })
    .describe("No image of this write can be fetched: `handle_media` ends in `error`. Without new images, nothing."),
  z
    .strictObject({ ...head, kind: z.literal("publish-error"), recoversAfterMs: delayMs.optional() })
    .describe("`publish` ends in `error`; with `recoversAfterMs`, it is done all the same that much later."),
]);

export type Fault = z.infer<typeof faultSchema>;
export type FaultInput = z.input<typeof faultSchema>;
export type JobFault = Extract<Fault, { kind: (typeof jobFaultKinds)[number] }>;
export type RequestFault = Exclude<Fault, JobFault>;

export function isJobFault(fault: Fault): fault is JobFault {
  return (jobFaultKinds as readonly string[]).includes(fault.kind);
}

/** Whether a request, if it is accepted, leaves work behind. */
export function startsJob({ method, path }: ApiRequest): boolean {
  if (method === "GET") return /\/(bump|pole_position|retry)\/?$/.test(path);
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
  if (faults.length === 0) return null;
  const index = faults.findIndex((fault) => matches(fault, request));
  const fault = faults[index];
  if (fault === undefined) return null;
  if (fault.times > 1) faults[index] = { ...fault, times: fault.times - 1 };
  else faults.splice(index, 1);
  return fault;
}
