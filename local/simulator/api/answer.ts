import { type ApiRequest, detailReply, notFound, type Reply } from "#local/simulator/exchange.ts";
import type { JobFault } from "#local/simulator/faults.ts";
import type { MarketplaceState } from "#local/simulator/state.ts";
import { authenticate } from "#local/simulator/tokens.ts";
import { matchRoute } from "./route.ts";

/** Longer bodies are answered 413 unread; the API names no limit. */
export const longestBody = 2 * 1024 * 1024;

/** Acts on a request and answers it: path, then token, then method, then body, as Django REST framework does. */
export function answer(state: MarketplaceState, request: ApiRequest, jobFault: JobFault | null): Reply {
  const route = matchRoute(request.path);
  if (route === null) return notFound();
  const authentication = authenticate(request.headers["x-auth-token"], state);
  if (authentication.kind === "refused") return authentication.reply;
  const { operations, vehicleType, sourceId } = route;
  const operation = Object.hasOwn(operations, request.method) ? operations[request.method] : undefined;
  if (operation === undefined) {
    const allow = Object.keys(operations).join(", ");
    return detailReply(405, `Method "${request.method}" not allowed.`, { allow });
  }
  if (request.body.length > longestBody) return detailReply(413, "Request body is too large.");
  const query = new URLSearchParams(request.query);
  return operation({ state, request, grant: authentication.grant, query, vehicleType, sourceId, jobFault });
}
