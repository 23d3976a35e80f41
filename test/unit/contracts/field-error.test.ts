import { describe, expect, it } from "vitest";
import { z } from "zod";
import * as mini from "zod/mini";
import { checkFields, cutPointer, toPointer } from "#shared/contracts/field-error.ts";
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
    [["itemId"], 5, "itemId must be text."],
    [["itemId"], "x".repeat(201), "itemId must have at most 200 characters."],
    [["dealerCode"], "å", "dealerCode is the dealer's code at Blocket: 1 to 64 letters A-Z, digits, _ or -."],
    [["extra"], 1, '"extra" is not a field we know here.'],
    [["ad", "price", 0, "amount"], 1.5, "amount must be whole kronor, as a number without decimals."],
    [["ad", "price", 0, "amount"], -5, "amount must not be less than 0 kronor."],
    [["ad", "price", 0, "type"], "x", 'type must be one of "list", "reduced", "leasing".'],
    [["ad", "price", 0, "currency"], "EUR", 'currency must be "SEK", or be left out.'],
    [["ad", "image_urls", 1], "http://a.example", "The address must begin with https://."],
    [["ad", "visible"], 1, "visible must be true or false."],
    [["ad", "location", "latitude"], "north", "latitude must be decimal degrees between -90 and 90, like 59.3293."],
    [["ad", "location", "latitude"], true, "latitude must be decimal degrees between -90 and 90, like 59.3293."],
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
    expect(message).toBe("itemId must be text.");
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

describe("toPointer", () => {
  it.each([
    [[], ""],
    [["data", "ad", "price", 0, "amount"], "/data/ad/price/0/amount"],
    [["a/b", "m~n", ""], "/a~1b/m~0n/"],
  ])("%j is %j", (path, pointer) => {
    expect(toPointer(path)).toBe(pointer);
  });
});

describe("cutPointer", () => {
  it.each([
    ["/data/ad/price", 14, "/data/ad/price"],
    ["/data/ad/price", 13, "/data/ad"],
    ["/data/ad/price", 8, "/data/ad"],
    ["/data/a~1b/price", 9, "/data"],
    ["/kkkkkkkk", 5, ""],
    ["", 5, ""],
  ])("%j of %i characters at most is %j", (pointer, longest, cut) => {
    expect(cutPointer(pointer, longest)).toBe(cut);
  });
});
