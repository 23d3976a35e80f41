import type { Marketplace } from "#local/simulator/marketplace.ts";
import type { HttpCall } from "#shared/blocket/http-call.ts";

export type SimulatorHttpCallOptions = {
  marketplace: Pick<Marketplace, "handle">;
  /** Told when a request hangs, with its deadline: a test on virtual time moves its clock there. */
  waitUntil?: (deadline: number) => void | Promise<void>;
};

/**
 * The simulated marketplace as an `HttpCall`, without a socket. What hangs or is dropped is `lost`, as over a real
 * connection; nothing is ever `not-sent`.
 */
export function simulatorHttpCall({ marketplace, waitUntil }: SimulatorHttpCallOptions): HttpCall {
  return async ({ method, path, headers, body, deadline }) => {
    const mark = path.indexOf("?");
    const [bare, query] = mark < 0 ? [path, ""] : [path.slice(0, mark), path.slice(mark + 1)];
    const outcome = marketplace.handle({ method, path: bare, query, headers, body: body ?? "" });
    switch (outcome.kind) {
      case "respond":
        return { kind: "answer", status: outcome.status, headers: outcome.headers, body: outcome.body };
      case "hang":
        await waitUntil?.(deadline);
        return { kind: "lost", reason: "no complete answer by the deadline" };
      case "cut":
      case "drop":
        return { kind: "lost", reason: "ECONNRESET: socket hang up" };
    }
  };
}
