import { describe, expect, it } from "vitest";
import { parseErrorBody } from "#shared/blocket/error-body.ts";

const refused = (pointer: string | null, message: string) => ({ code: "refused", pointer, message });

describe("error body", () => {
  it.each([
    {
      name: "texts by field",
      body: { title: ["This field is required."], contact: ["This field is required."] },
      errors: [
        { code: "required", pointer: "/title", message: "This field is required." },
        { code: "required", pointer: "/contact", message: "This field is required." },
      ],
    },
    {
      name: "nested fields",
      body: { category_fields: { brand: ['"invalid_brand" is not a valid choice.'] } },
      errors: [
        {
          code: "invalid-choice",
          pointer: "/category_fields/brand",
          message: '"invalid_brand" is not a valid choice.',
        },
      ],
    },
    {
      name: "a bare array",
      body: ["Ad has been deleted, cannot update"],
      errors: [{ code: "deleted", pointer: null, message: "Ad has been deleted, cannot update" }],
    },
    { name: "detail", body: { detail: "Not found." }, errors: [refused(null, "Not found.")] },
    {
      name: "detail with a code beside it",
      body: { detail: "No.", code: "x" },
      errors: [refused(null, "No."), refused("/code", "x")],
    },
    {
      name: "non_field_errors",
      body: { non_field_errors: ["a", "b"] },
      errors: [refused(null, "a"), refused(null, "b")],
    },
    {
      name: "non_field_errors of an object within",
      body: { location: { non_field_errors: ["Both are needed."] } },
      errors: [refused("/location", "Both are needed.")],
    },
    {
      name: "arrays of objects, where an empty one is an item without fault",
      body: { price: [{}, { amount: ["A valid integer is required."] }] },
      errors: [refused("/price/1/amount", "A valid integer is required.")],
    },
    {
      name: "lists by index",
      body: { image_urls: { "0": ["Enter a valid URL."] } },
      errors: [refused("/image_urls/0", "Enter a valid URL.")],
    },
    {
      name: "a taken id",
      body: { source_id: ["Ad with this source_id already exists."] },
      errors: [{ code: "exists", pointer: "/source_id", message: "Ad with this source_id already exists." }],
    },
    { name: "a text alone", body: "No.", errors: [refused(null, "No.")] },
    { name: "a text where an array belongs", body: { title: "No." }, errors: [refused("/title", "No.")] },
    { name: "keys that a pointer must escape", body: { "a/b~c": ["No."] }, errors: [refused("/a~1b~0c", "No.")] },
    {
      name: "what is no text",
      body: { a: [1, null, false] },
      errors: [refused("/a", "1"), refused("/a", "null"), refused("/a", "false")],
    },
    { name: "an empty object", body: {}, errors: [refused(null, "HTTP 400 without a reason")] },
    { name: "only empty parts", body: { price: [{}, {}] }, errors: [refused(null, "HTTP 400 without a reason")] },
  ])("reads $name", ({ body, errors }) => {
    expect(parseErrorBody(400, JSON.stringify(body))).toEqual(errors);
  });

  it("quotes at most 200 characters of what is not JSON, with its status", () => {
    const [error, ...rest] = parseErrorBody(413, `<html>\n  <h1>Too large</h1>${"x".repeat(900)}`);
    expect(rest).toEqual([]);
    expect(error).toMatchObject({ code: "refused", pointer: null });
    expect(error?.message).toMatch(/^HTTP 413: <html> <h1>Too large<\/h1>x+…$/);
    expect(error?.message).toHaveLength("HTTP 413: ".length + 200);
  });

  it.each(["", "  \n"])("says so when the body is empty", (body) => {
    expect(parseErrorBody(415, body)).toEqual([refused(null, "HTTP 415 without a reason")]);
  });

  it("keeps 50 errors at most and says how many it left out", () => {
    const errors = parseErrorBody(400, JSON.stringify({ body: Array.from({ length: 120 }, (_, n) => `error ${n}`) }));
    expect(errors).toHaveLength(50);
    expect(errors[48]).toEqual(refused("/body", "error 48"));
    expect(errors[49]).toEqual({ code: "more-errors", pointer: null, message: "71 more errors were left out." });
    expect(parseErrorBody(400, JSON.stringify(Array.from({ length: 50 }, () => "x")))[49]?.code).toBe("refused");
  });

  it("cuts long texts and pointers, and leaves no half of a character", () => {
    const [error] = parseErrorBody(400, JSON.stringify({ ["k".repeat(2_000)]: [`${"a".repeat(498)}😀😀`] }));
    expect(error?.message).toHaveLength(500);
    expect(error?.message.isWellFormed()).toBe(true);
    expect(error?.pointer).toHaveLength(500);
  });

  it("survives nesting without an end", () => {
    const deep = `${'{"a":'.repeat(50_000)}["x"]${"}".repeat(50_000)}`;
    expect(parseErrorBody(400, deep)).toHaveLength(1);
  });
});
