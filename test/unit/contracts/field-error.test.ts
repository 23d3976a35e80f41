import { describe, expect, it } from "vitest";
import { z } from "zod";
import * as mini from "zod/mini";
import { checkFields, toFieldErrors, toPointer } from "#shared/contracts/field-error.ts";
import { upsertedSchema } from "#shared/contracts/inventory-event.ts";
import { changed, upsertedCar } from "./inventory-samples.ts";

function messageOf(path: (string | number)[], value: unknown): string | undefined {
  const checked = checkFields(upsertedSchema, changed<unknown>(upsertedCar, path, value), ["data"]);
  return checked.ok ? undefined : checked.errors[0]?.message;
}

describe("the words for a fault", () => {
  it.each([
    [["itemId"], undefined, "itemId is required."],
    [["itemId"], "", "itemId must not be empty."],
    [["itemId"], 5, "itemId must be a string."],
    [["itemId"], "x".repeat(201), "itemId must have at most 200 characters."],
    [["dealerCode"], "å", "dealerCode must match /^[A-Za-z0-9_-]{1,64}$/."],
    [["extra"], 1, '"extra" is not a field we know here.'],
    [["ad", "price", 0, "amount"], 1.5, "amount must be a whole number."],
    [["ad", "price", 0, "amount"], -5, "amount must be at least 0."],
    [["ad", "price", 0, "type"], "x", 'type must be one of "list", "reduced", "leasing".'],
    [["ad", "price", 0, "currency"], "EUR", 'currency must be "SEK".'],
    [["ad", "image_urls", 1], "http://a.example", "image_urls[1] must be an https address."],
    [["ad", "visible"], 1, "visible must be true or false."],
    [["ad", "location", "latitude"], "north", "latitude must match /^-?\\d{1,3}(\\.\\d+)?$/."],
    [["ad", "location", "latitude"], true, "latitude is not valid."],
    [["ad", "location", "longitude"], undefined, "latitude and longitude only go together."],
  ])("%j = %j", (path, value, message) => {
    expect(messageOf(path, value)).toBe(message);
  });

  it("lists the vehicle types once for a type that is none of them", () => {
    const checked = checkFields(upsertedSchema, changed(upsertedCar, ["vehicleType"], "cars"), ["data"]);
    expect(checked).toEqual({
      ok: false,
      errors: [
        {
          pointer: "/data/vehicleType",
          code: "invalid-value",
          message: expect.stringMatching(/^vehicleType must be one of "car", .*"construction"\.$/),
        },
      ],
    });
  });

  it("does not depend on the locale that somebody else gave zod", () => {
    z.config(z.locales.sv());
    const message = messageOf(["itemId"], 5);
    z.config(z.locales.en());
    expect(message).toBe("itemId must be a string.");
  });

  it("never quotes the value", () => {
    const secret = "+46701234567";
    const value = { phone: secret, code: secret, list: [secret], kind: secret };
    const schema = mini.object({
      phone: mini.string().check(mini.maxLength(3)),
      code: mini.enum(["a", "b"]),
      list: mini.array(mini.number()),
      kind: mini.literal("x"),
    });
    const checked = checkFields(schema, value);
    expect(checked.ok).toBe(false);
    expect(JSON.stringify(checked)).not.toContain(secret);
  });
});

describe("toFieldErrors", () => {
  it("does not call a field missing when zod was not asked to report the input", () => {
    const { error } = mini.object({ age: mini.number() }).safeParse({ age: "x" });
    expect(error && toFieldErrors(error)).toEqual([
      { pointer: "/age", code: "invalid-type", message: "age must be a number." },
    ]);
  });
});

describe("toPointer", () => {
  it.each([
    [[], ""],
    [["data", "ad", "price", 0, "amount"], "/data/ad/price/0/amount"],
    [["a/b", "m~n", ""], "/a~1b/m~0n/"],
  ])("%j is %j", (path, pointer) => {
    expect(toPointer(path)).toBe(pointer);
  });
});
