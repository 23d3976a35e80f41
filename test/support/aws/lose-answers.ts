import type { MetadataBearer, MiddlewareStack } from "@smithy/types";

/** What the SDK calls an answer that never came; it repeats such a call as long as it has attempts left. */
class TimeoutError extends Error {
  override readonly name = "TimeoutError";
}

/** Any client of the SDK. */
type AnyClient<I extends object, O extends MetadataBearer> = { middlewareStack: MiddlewareStack<I, O> };

/**
 * The next calls of a client are made and then their answers are lost: so many, one after the other. `between` runs
 * after a call and before it is repeated.
 */
export function loseAnswers<I extends object, O extends MetadataBearer>(
  client: AnyClient<I, O>,
  { times = 1, between }: { times?: number; between?: () => Promise<unknown> } = {},
) {
  let left = times;
  client.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      if (left > 0) {
        left -= 1;
        await between?.();
        throw new TimeoutError("the answer was lost");
      }
      return answer;
    },
    { step: "deserialize", name: "loseAnswers", override: true },
  );
}

/** Counts the calls that a client makes, repeats included. */
export function countCalls<I extends object, O extends MetadataBearer>(client: AnyClient<I, O>): () => number {
  let calls = 0;
  client.middlewareStack.add(
    (next) => (args) => {
      calls += 1;
      return next(args);
    },
    { step: "deserialize", name: "countCalls" },
  );
  return () => calls;
}
