import type { ItemAnswer } from "#shared/contracts/answers.ts";
import type { FieldError } from "#shared/contracts/field-error.ts";
import { limits } from "#shared/contracts/inventory-event.ts";
import { ProblemError } from "#shared/lambda/problem-error.ts";

const contentTypes = "application/cloudevents+json, application/cloudevents-batch+json or application/json";

/** Every way in which a whole request of a known source is refused. The slugs are part of the contract, the sentences are not. */
export const problems = {
  bodyTooLarge: () =>
    problem(
      413,
      "body-too-large",
      "Body too large",
      `A body has at most ${limits.bodyBytes} bytes. Send fewer events at once.`,
    ),
  tooManyEvents: (count: number) =>
    problem(
      413,
      "too-many-events",
      "Too many events",
      `A batch has at most ${limits.batchEvents} events; this one has ${count}.`,
    ),
  contentType: () =>
    problem(415, "content-type", "Unsupported content type", `CloudEvents are taken as ${contentTypes}, in UTF-8.`),
  contentEncoding: () =>
    new ProblemError({
      status: 415,
      slug: "content-encoding",
      title: "Unsupported content encoding",
      detail: "The body is compressed. Send it as it is signed, without a Content-Encoding.",
      headers: { "accept-encoding": "identity" },
    }),
  unclearDryRun: () =>
    problem(400, "dry-run", "Unclear dry run", "Of dry-run there is ?dry-run, ?dry-run=true and ?dry-run=false."),
  binaryMode: () =>
    problem(
      415,
      "binary-mode",
      "Binary mode is not taken",
      `The signature does not cover headers, and in binary mode the event's attributes are in them. Send the whole event as ${contentTypes}.`,
    ),
  notJson: (cause: unknown) =>
    new ProblemError(
      { status: 400, slug: "not-json", title: "Not JSON", detail: "The body is not JSON in UTF-8." },
      { cause },
    ),
  wrongForm: (contentType: "one" | "batch") =>
    problem(
      400,
      "not-cloudevents",
      "Not CloudEvents",
      contentType === "one"
        ? "application/cloudevents+json holds one event; send an array as application/cloudevents-batch+json."
        : "application/cloudevents-batch+json holds an array of events.",
    ),
  notCloudEvents: (errors: FieldError[]) =>
    problem(
      400,
      "not-cloudevents",
      "Not CloudEvents",
      "Not every event is a CloudEvents 1.0 envelope; none was taken.",
      {
        errors,
      },
    ),
  dealersNotAllowed: (items: ItemAnswer[]) =>
    problem(403, "dealer-not-allowed", "Dealer not allowed", "This source speaks for none of these dealers.", {
      items,
    }),
  invalidItems: (items: ItemAnswer[]) =>
    problem(
      422,
      "invalid-items",
      "Invalid items",
      "Handling is strict and not every event is valid; none was queued.",
      { items },
    ),
};

function problem(...[status, slug, title, detail, members]: ProblemParts): ProblemError {
  return new ProblemError({ status, slug, title, detail, ...(members === undefined ? {} : { members }) });
}

type ProblemParts = [status: number, slug: string, title: string, detail: string, members?: Record<string, unknown>];
