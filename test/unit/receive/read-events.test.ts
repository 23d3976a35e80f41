import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { type Form, readEvents } from "#functions/receive/read-events.ts";
import { ProblemError } from "#shared/lambda/problem-error.ts";
import { carEvent, changed, removedEvent } from "#test/unit/contracts/inventory-samples.ts";

function problemOf(body: string | Buffer, form: Form = "either"): ProblemError["problem"] | undefined {
  try {
    readEvents(Buffer.from(body), form);
    return undefined;
  } catch (error) {
    if (error instanceof ProblemError) {
      return error.problem;
    }
    throw error;
  }
}

const slugOf = (body: string | Buffer, form?: Form) => problemOf(body, form)?.slug;

const one = JSON.stringify(carEvent);
const batch = JSON.stringify([carEvent, removedEvent]);

describe("readEvents", () => {
  it.each<[string, Form, unknown[]]>([
    [one, "one", [carEvent]],
    [one, "either", [carEvent]],
    [batch, "batch", [carEvent, removedEvent]],
    [batch, "either", [carEvent, removedEvent]],
    ["[]", "batch", []],
    [`\uFEFF${one}`, "one", [carEvent]],
  ])("reads %s as %s", (body, form, events) => {
    expect(readEvents(Buffer.from(body), form)).toEqual(events);
  });

  it.each<[string | Buffer, Form | undefined, string]>([
    [gzipSync(one), undefined, "content-encoding"],
    ["", undefined, "not-json"],
    ["{", undefined, "not-json"],
    [one.slice(0, -1), undefined, "not-json"],
    [Buffer.from([0x22, 0xff, 0x22]), undefined, "not-json"],
    [batch, "one", "not-cloudevents"],
    [one, "batch", "not-cloudevents"],
    ["null", undefined, "not-cloudevents"],
    ["7", undefined, "not-cloudevents"],
    ['"text"', undefined, "not-cloudevents"],
    ["{}", undefined, "not-cloudevents"],
    ["[[]]", undefined, "not-cloudevents"],
    ['{"__proto__":{"specversion":"1.0","id":"1","source":"s","type":"t"}}', undefined, "not-cloudevents"],
    [one.replace("evt-0001", "\\ud800"), undefined, "not-cloudevents"],
    ["[".repeat(100_000), undefined, "not-json"],
    ["[".repeat(100_000) + "]".repeat(100_000), undefined, "not-cloudevents"],
  ])("refuses %.60s as %s: %s", (body, form, slug) => {
    expect(slugOf(body, form)).toBe(slug);
  });

  it("says where in a batch the envelope is wrong, and takes none of it", () => {
    const body = JSON.stringify([carEvent, changed<unknown>(removedEvent, ["type"], undefined), 7]);
    expect(problemOf(body)?.members).toEqual({
      errors: [
        { pointer: "/1/type", code: "required", message: "type is required." },
        { pointer: "/2", code: "invalid-type", message: "Element 2 must be an object." },
      ],
    });
  });

  it("leaves what else may be wrong with an attribute to be told of that event alone", () => {
    const odd = { ...removedEvent, time: null, sequence: 5, subject: {}, source: "\ud800" };
    expect(readEvents(Buffer.from(JSON.stringify([carEvent, odd])), "batch")).toEqual([carEvent, odd]);
  });

  it.each([
    [100, undefined],
    [101, "too-many-events"],
  ])("takes a batch of %i: %s", (count, slug) => {
    expect(slugOf(JSON.stringify(Array(count).fill(removedEvent)))).toBe(slug);
  });

  it("does not let the errors grow with the request", () => {
    const problem = problemOf(JSON.stringify(Array(100).fill({})));
    expect(problem?.members?.errors).toHaveLength(21);
  });
});
