import type { ItemAnswer } from "#shared/contracts/answers.ts";
import type { FieldError } from "#shared/contracts/field-error.ts";
import { limits } from "#shared/contracts/inventory-event.ts";
import { ProblemError } from "#shared/lambda/problem-error.ts";

const contentTypes = "application/cloudevents+json, application/cloudevents-batch+json or application/json";

/** Every way in which a whole request of a known source is refused. */
export const problems = {
  bodyTooLarge: () =>
    new ProblemError({
      slug: "body-too-large",
      detail: `A body has at most ${limits.bodyBytes} bytes. Send fewer events at once.`,
    }),
  tooManyEvents: (count: number) =>
    new ProblemError({
      slug: "too-many-events",
      detail: `A batch has at most ${limits.batchEvents} events; this one has ${count}.`,
    }),
  contentType: () =>
    new ProblemError({ slug: "content-type", detail: `CloudEvents are taken as ${contentTypes}, in UTF-8.` }),
  contentEncoding: () =>
    new ProblemError({
      slug: "content-encoding",
      detail: "The body is compressed. Send it as it is signed, without a Content-Encoding.",
      headers: { "accept-encoding": "identity" },
    }),
  unclearDryRun: () =>
    new ProblemError({
      slug: "dry-run",
      detail: "Of dry-run there is ?dry-run, ?dry-run=true and ?dry-run=false.",
    }),
  binaryMode: () =>
    new ProblemError({
      slug: "binary-mode",
      detail: `The signature does not cover headers, and in binary mode the event's attributes are in them. Send the whole event as ${contentTypes}.`,
    }),
  notJson: (cause: unknown) =>
    new ProblemError({ slug: "not-json", detail: "The body is not JSON in UTF-8." }, { cause }),
  wrongForm: (contentType: "one" | "batch") =>
    new ProblemError({
      slug: "not-cloudevents",
      detail:
        contentType === "one"
          ? "application/cloudevents+json holds one event; send an array as application/cloudevents-batch+json."
          : "application/cloudevents-batch+json holds an array of events.",
    }),
  notCloudEvents: (errors: FieldError[]) =>
    new ProblemError({
      slug: "not-cloudevents",
      detail: "Not every event is a CloudEvents 1.0 envelope; none was taken.",
      members: { errors },
    }),
  dealersNotAllowed: (items: ItemAnswer[]) =>
    new ProblemError({
      slug: "dealer-not-allowed",
      detail: "This source speaks for none of these dealers.",
      members: { items },
    }),
  invalidItems: (items: ItemAnswer[]) =>
    new ProblemError({
      slug: "invalid-items",
      detail: "Handling is strict and not every event is valid; none was queued.",
      members: { items },
    }),
};
