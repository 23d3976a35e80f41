import { describe, expect, it } from "vitest";
import { prefersStrict, readForm } from "#functions/receive/read-form.ts";
import { ProblemError } from "#shared/lambda/problem-error.ts";

function slugOf(headers: Record<string, string>): string {
  try {
    return readForm(headers);
  } catch (error) {
    return error instanceof ProblemError ? error.problem.slug : "not a problem";
  }
}

describe("the content type", () => {
  it.each([
    ["application/cloudevents+json", "one"],
    ["application/cloudevents+json; charset=UTF-8", "one"],
    ['Application/CloudEvents+JSON;charset="utf-8"', "one"],
    ["application/cloudevents-batch+json", "batch"],
    ["application/json", "either"],
    ["application/json ; charset=utf-8", "either"],
    ["application/json; charset=iso-8859-1", "content-type"],
    ["text/plain", "content-type"],
    ["application/cloudevents+avro", "content-type"],
    ["application/x-www-form-urlencoded", "content-type"],
    ["constructor", "content-type"],
    ["", "content-type"],
    [`application/json;${"x".repeat(183)}`, "either"],
    [`application/json;${"x".repeat(184)}`, "content-type"],
  ])("%s: %s", (contentType, expected) => {
    expect(slugOf({ "content-type": contentType })).toBe(expected);
  });

  it("has to be there", () => {
    expect(slugOf({})).toBe("content-type");
  });

  it.each(["application/json", "text/plain", "application/avro"])(
    "tells binary mode apart: ce-* headers with %s",
    (contentType) => {
      expect(slugOf({ "content-type": contentType, "ce-specversion": "1.0", "ce-id": "1" })).toBe("binary-mode");
    },
  );

  it("ignores ce-* headers beside a structured event", () => {
    expect(slugOf({ "content-type": "application/cloudevents+json", "ce-specversion": "1.0" })).toBe("one");
  });

  it.each([
    ["gzip", "content-encoding"],
    ["identity", "either"],
  ])("with the content encoding %s: %s", (encoding, expected) => {
    expect(slugOf({ "content-type": "application/json", "content-encoding": encoding })).toBe(expected);
  });
});

describe("Prefer", () => {
  it.each([
    ["handling=strict", true],
    ['Handling = "strict"', true],
    ["respond-async, handling=strict; wait=10", true],
    ["handling=lenient", false],
    ["handling=strictly", false],
    ["strict", false],
    ["", false],
  ])("%s: %s", (prefer, expected) => {
    expect(prefersStrict({ prefer })).toBe(expected);
  });

  it("may be left out", () => {
    expect(prefersStrict({})).toBe(false);
  });
});
