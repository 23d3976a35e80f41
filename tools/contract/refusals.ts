import { type ProblemSlug, problemKinds, problemType } from "#shared/contracts/problems.ts";
import { type JsonSchema, reference } from "./json-schemas.ts";

/** What a source is told at any endpoint before it is let in, and when something fails on our side. */
export const doorRefusals = [
  "unsigned",
  "stale-timestamp",
  "invalid-signature",
  "invalid-credentials",
  "unknown-source",
  "too-many-requests",
  "internal",
  "try-again",
] as const satisfies ProblemSlug[];

const headers: { [status: number]: { [name: string]: string } } = {
  401: {
    "WWW-Authenticate": "The one scheme of ours that has a registered name, `Basic`; also where a signature is wanted.",
  },
  415: { "Accept-Encoding": "`identity`, where the body was compressed." },
  429: { "Retry-After": "Whole seconds." },
  503: { "Retry-After": "Whole seconds." },
};

/** Statuses that API Gateway also answers by itself, before any function of ours is asked, and without `Retry-After`. */
const gatewayStatuses = [413, 429];

/** An operation's refusals as its `responses`, one for each status. */
export function refusalResponses(slugs: readonly ProblemSlug[]): { [status: string]: JsonSchema } {
  const statuses = [...new Set(slugs.map((slug) => problemKinds[slug].status))].sort();
  return Object.fromEntries(
    statuses.map((status) => [
      String(status),
      refusalResponse(
        status,
        slugs.filter((slug) => problemKinds[slug].status === status),
      ),
    ]),
  );
}

function refusalResponse(status: number, slugs: readonly ProblemSlug[]): JsonSchema {
  const type = { type: "string", enum: slugs.map(problemType) };
  const schema = { allOf: [reference("Problem"), { type: "object", properties: { type } }] };
  const isGateways = gatewayStatuses.includes(status);
  const sentences = slugs.map((slug) => `${problemKinds[slug].title} (\`${slug}\`).`);
  return {
    description: [...sentences, ...(isGateways ? ["As application/json: API Gateway's own limit."] : [])].join(" "),
    ...(headers[status] && { headers: describeHeaders(headers[status]) }),
    content: {
      "application/problem+json": { schema },
      ...(isGateways && { "application/json": { schema: reference("GatewayMessage") } }),
    },
  };
}

/** Headers that an answer may have, each with what it says. */
export function describeHeaders(named: { [name: string]: string }): JsonSchema {
  return Object.fromEntries(
    Object.entries(named).map(([name, description]) => [name, { description, schema: { type: "string" } }]),
  );
}
