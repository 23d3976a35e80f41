import { type ApiRequest, detailReply, notFound, type Reply } from "#local/simulator/exchange.ts";
import type { JobFault } from "#local/simulator/faults.ts";
import type { MarketplaceState } from "#local/simulator/state.ts";
import { type Authentication, authenticate } from "#local/simulator/tokens.ts";
import { readBody } from "./read-body.ts";
import { matchRoute } from "./routes.ts";

/** Longer bodies are answered 413 unread; the API names no limit. */
export const longestBody = 2 * 1024 * 1024;

const nobody: Authentication = { kind: "granted", grant: { scope: "dealer_group", dealerCodes: [] } };

/** Acts on a request and answers it: path, then token, then method, then body, as Django REST framework does. */
export function answer(state: MarketplaceState, request: ApiRequest, jobFault: JobFault | null): Reply {
  const match = matchRoute(request.path, state.quirks);
  if (match === null) return notFound();
  const { operations, vehicleType, params } = match;
  const isOpen = Object.values(operations).some((operation) => operation.isOpen === true);
  const authentication = isOpen ? nobody : authenticate(request.headers["x-auth-token"], state);
  if (authentication.kind === "refused") return authentication.reply;
  const operation = Object.hasOwn(operations, request.method) ? operations[request.method] : undefined;
  if (operation === undefined) {
    const allow = Object.keys(operations).toSorted().join(", ");
    return detailReply(405, `Method "${request.method}" not allowed.`, { allow });
  }
  if (request.body.length > longestBody) return detailReply(413, "Request body is too large.");
  const read = operation.body === undefined ? ({ kind: "body", body: {} } as const) : readBody(request);
  if (read.kind === "refused") return read.reply;
  const query = new URLSearchParams(request.query);
  const { grant } = authentication;
  return operation.handle({ state, request, grant, query, vehicleType, params, body: read.body, jobFault });
}
