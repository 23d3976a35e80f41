import { type ApiRequest, detailReply, htmlReply, type Reply } from "./exchange.ts";
import type { MarketplaceState } from "./state.ts";

/** The answer to one request too many, in the shape of the quirk `throttleReply`; `waitMs` is null where nobody knows. */
export function throttledReply({ now, quirks }: MarketplaceState, waitMs: number | null): Reply {
  if (quirks.throttleReply === "html") return htmlReply(429);
  if (waitMs === null) return detailReply(429, "Request was throttled.");
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  const detail = `Request was throttled. Expected available in ${seconds} second${seconds === 1 ? "" : "s"}.`;
  switch (quirks.throttleReply) {
    case "seconds":
      return detailReply(429, detail, { "retry-after": String(seconds) });
    case "date":
      return detailReply(429, detail, { "retry-after": new Date(now + seconds * 1000).toUTCString() });
    case "no-header":
      return detailReply(429, detail);
  }
}

/** Counts a request against the limit of its token; the answer when it is one too many in this second. */
export function throttle(state: MarketplaceState, request: ApiRequest): Reply | null {
  const { requestsPerSecond } = state.settings;
  if (requestsPerSecond === null) return null;
  const token = request.headers["x-auth-token"] ?? "";
  const second = Math.floor(state.now / 1000);
  const last = Object.hasOwn(state.throttles, token) ? state.throttles[token] : undefined;
  const count = last?.second === second ? last.count + 1 : 1;
  // A token that nobody gave out leaves no trace, so that guesses cannot fill the memory.
  if (Object.hasOwn(state.tokens, token)) state.throttles[token] = { second, count };
  return count > requestsPerSecond ? throttledReply(state, (second + 1) * 1000 - state.now) : null;
}
