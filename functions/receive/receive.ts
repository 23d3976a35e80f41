import { RetryableError } from "#shared/contracts/errors.ts";
import type { FieldError } from "#shared/contracts/field-error.ts";
import { limits } from "#shared/contracts/inventory-event.ts";
import type { KnownValues } from "#shared/contracts/known-values.ts";
import type { QueueMessage } from "#shared/contracts/queue-message.ts";
import { readTraceparent } from "#shared/contracts/traceparent.ts";
import { admit, type DoorDependencies } from "#shared/door/admit.ts";
import type { NamedSource } from "#shared/door/authenticate.ts";
import type { HttpAnswer, HttpRequest } from "#shared/lambda/http-handler.ts";
import type { Note } from "#shared/lambda/logger.ts";
import type { SubmitQueue } from "#shared/steps/ports.ts";
import { answer, type Judged, refuse } from "./answer.ts";
import { problems } from "./problems.ts";
import { readEvents } from "./read-events.ts";
import { isDryRun, prefersStrict, readForm } from "./read-form.ts";
import { validateEvent } from "./validate-event.ts";

export type ReceiveDependencies = DoorDependencies & {
  queue: SubmitQueue;
  /** `current` gives what is at hand, without waiting. */
  knownValues: { current(): KnownValues };
  mostPictures: number;
};

/**
 * Takes one webhook request: authentic, readable, judged event by event, queued unless it is a dry run. Answers 202 only once every message is
 * durable. A repeat is taken like the first: it is made harmless by the state behind the queue, not filtered here, since a
 * note of it before the enqueue would lose the event in a crash between the two.
 */
export async function receive(
  dependencies: ReceiveDependencies,
  request: HttpRequest,
  note: Note,
): Promise<HttpAnswer> {
  if (request.body.length > limits.bodyBytes) {
    throw problems.bodyTooLarge();
  }
  const form = readForm(request.headers);
  const asked = { isStrict: prefersStrict(request.headers), isDryRun: isDryRun(request.query) };
  const receivedAt = dependencies.now();
  const claim = { name: request.pathParameters.source ?? "", headers: request.headers, content: request.body };
  const source = await admit({ ...dependencies, now: () => receivedAt }, claim, note);
  note(asked.isDryRun ? { dryRun: true } : {});

  const events = readEvents(request.body, form);
  const arrival = { ...source, source: source.name, receivedAt };
  const measures = { known: dependencies.knownValues.current(), mostPictures: dependencies.mostPictures };
  const judged = events.map((event, place) => ({
    id: event.id,
    // The event's own is where its trace began; the header may have been written by whatever stands in between.
    traceparent: readTraceparent(event.traceparent, request.headers.traceparent),
    verdict: validateEvent(event, { ...arrival, place }, measures),
  }));
  const rejected = judged.filter(({ verdict }) => verdict.kind === "rejected").length;
  note({ eventIds: judged.map(({ id }) => id), ...(rejected > 0 && { rejected }), ...tracesOf(judged) });

  refuse(judged, asked.isStrict);
  if (!asked.isDryRun) {
    const messages = judged.map((one) => messageOf(one, source, receivedAt));
    await enqueue(dependencies.queue, messages);
    note({ queued: judged.length - rejected });
  }
  return answer(judged, asked);
}

/** For the log: a trace is of a fixed form, and says nothing of anybody. */
function tracesOf(judged: readonly Traced[]): { traceparents?: string[] } {
  const found = new Set(judged.flatMap(({ traceparent }) => traceparent ?? []));
  return found.size === 0 ? {} : { traceparents: [...found] };
}

async function enqueue(queue: SubmitQueue, messages: readonly QueueMessage[]): Promise<void> {
  const notQueued = await queue.send(messages);
  if (notQueued.length > 0) {
    throw new RetryableError(`${notQueued.length} of ${messages.length} messages were not queued`);
  }
}

type Traced = Judged & { traceparent: string | undefined };

function messageOf({ id, verdict, traceparent }: Traced, source: NamedSource, receivedAt: number): QueueMessage {
  const trace = traceparent !== undefined && { traceparent };
  if (verdict.kind === "valid") {
    const { event, warnings } = verdict;
    const said = warnings.length === 0 ? {} : { warnings: warnings.map(toDocument) };
    return {
      version: 1,
      kind: "inventory-event",
      listingIds: source.listingIds,
      event: { ...event, ...trace },
      ...said,
    };
  }
  const { item, errors } = verdict;
  return { version: 1, kind: "rejected-event", source: source.name, eventId: id, item, receivedAt, ...trace, errors };
}

/** Behind the queue the document stands for itself: pointers lead into it, as the marketplace's do. */
function toDocument(warning: FieldError): FieldError {
  return { ...warning, pointer: warning.pointer.replace(/^\/data\/ad/, "") };
}
