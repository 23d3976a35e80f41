import { describe, expect, it } from "vitest";
import type { Ad, Want } from "#shared/ad/ad.ts";
import { readsAs } from "#shared/ad/compare.ts";
import { hashDocument } from "#shared/ad/document.ts";
import { emptyListing } from "#shared/ad/listing.ts";
import type { ListingDocument } from "#shared/contracts/listing-document.ts";
import { startLife } from "./ad-life.ts";

type Fields = Record<string, unknown>;

/** Whether a row with these fields reads as a document with those; `held` are pointers of what may be left of earlier ones. */
function reads(
  wished: Fields,
  echoed: Fields,
  { held = [], state = "created" }: { held?: string[]; state?: string } = {},
) {
  const document = { vehicleType: "car" as const, ad: wished as ListingDocument };
  const life = startLife();
  const hash = hashDocument({ ...document, ad: { category_fields: {}, ...wished } as ListingDocument });
  const ad: Ad = {
    ...life.ad(),
    documents: { [hash]: { ...document, ad: { category_fields: {}, ...wished } as ListingDocument } },
  };
  const want: Want = { kind: "document", hash };
  const { row } = life.row([], { fields: echoed, state });
  return readsAs(ad, want, { listing: { ...emptyListing("x", 1), held }, row });
}

const plate = (registration_number: unknown) => ({ category_fields: { registration_number } });

describe("a document and the row that echoes it", () => {
  it.each<[string, Fields, Fields, boolean]>([
    ["the same", { body: "A car.", price: [{ amount: 1 }] }, { body: "A car.", price: [{ amount: 1 }] }, true],
    ["a field of another value", { body: "A car." }, { body: "Another." }, false],
    ["a row that echoes nothing", { body: "A car." }, {}, true],
    ["what the row has of its own", { body: "A car." }, { body: "A car.", id: 7, updated: "x" }, true],
    ["a plate with spaces, in small letters", plate("abc 123"), plate("ABC123"), true],
    ["another plate", plate("ABC123"), plate("XYZ789"), false],
    ["a VIN in small letters", { category_fields: { vin: "yv1zw" } }, { category_fields: { vin: "YV1ZW" } }, true],
    ["angle brackets in the text", { body: "a <b> & c" }, { body: "a -b- & c" }, true],
    ["angle brackets kept as they are", { body: "a <b>" }, { body: "a <b>" }, true],
    ["angle brackets elsewhere", { title: "a <b>" }, { title: "a -b-" }, false],
    ["blanks around a text", { body: " A car.\n" }, { body: "A car." }, true],
    ["the line ends of Windows", { body: "A\r\ncar." }, { body: "A\ncar." }, true],
    ["a line end that is gone", { body: "A\r\ncar." }, { body: "Acar." }, false],
    ["blanks inside a text", { body: "A  car." }, { body: "A car." }, false],
    [
      "a number as a string",
      { category_fields: { model_year: 2020 } },
      { category_fields: { model_year: "2020" } },
      true,
    ],
    ["a string as a number", { category_fields: { mileage: "5000" } }, { category_fields: { mileage: 5_000 } }, true],
    [
      "another number as a string",
      { category_fields: { model_year: 2020 } },
      { category_fields: { model_year: "2021" } },
      false,
    ],
    ["true as a string", { visible: true }, { visible: "true" }, true],
    ["null, shown as null", { location: null }, { location: null }, true],
    ["null, not shown", { location: null }, {}, true],
    ["null, shown as something", { video_url: null }, { video_url: "https://a.example/v" }, false],
    ["something, shown as null", { video_url: "https://a.example/v" }, { video_url: null }, false],
    ["[], shown as null", { equipment: [] }, { equipment: null }, true],
    ["[], shown as []", { equipment: [] }, { equipment: [] }, true],
    ["[], shown as something", { equipment: [] }, { equipment: ["abs"] }, false],
    ["[], shown as a text", { equipment: [] }, { equipment: "abs" }, false],
    ["null, shown as the word", { title: null }, { title: "null" }, false],
    ["a list, shown as null", { equipment: ["abs"] }, { equipment: null }, false],
    ["a list in another order", { equipment: ["abs", "ac"] }, { equipment: ["ac", "abs"] }, false],
    ["a shorter list", { equipment: ["abs", "ac"] }, { equipment: ["abs"] }, false],
    [
      "an object without a field that the row has",
      { location: { zipcode: "1" } },
      { location: { zipcode: "1", city: "x" } },
      true,
    ],
    ["an object with a field that the row lacks", { location: { zipcode: "1" } }, { location: {} }, true],
    ["an object with another value", { location: { zipcode: "1" } }, { location: { zipcode: "2" } }, false],
    ["an object, shown as null", { location: { zipcode: "1" } }, { location: null }, false],
    ["an empty object, shown as null", { location: {} }, { location: null }, true],
    ["an object of lists", { condition: { marks: [1, 2] } }, { condition: { marks: ["1", "2"] } }, true],
    ["pictures, whatever is shown", { image_urls: ["https://a.example/1"] }, { image_urls: [] }, true],
    ["hidden, shown as visible", { visible: false }, { visible: true }, false],
    ["visible where nothing is said, shown as hidden", {}, { visible: false }, false],
  ])("%s: %4$s", (_name, wished, echoed, expected) => {
    expect(reads(wished, echoed)).toBe(expected);
  });

  it.each<[string, Fields, Fields, string[], boolean]>([
    ["still shown", {}, { video_url: "https://a.example/v" }, ["/video_url"], false],
    ["shown as null", {}, { video_url: null }, ["/video_url"], true],
    ["shown as []", {}, { equipment: [] }, ["/equipment"], true],
    ["still shown as a list", {}, { equipment: ["abs"] }, ["/equipment"], false],
    ["shown no more", {}, {}, ["/video_url"], true],
    ["that the wish has too", { video_url: "b" }, { video_url: "b" }, ["/video_url"], true],
    [
      "inside an object, still shown",
      { location: { zipcode: "1" } },
      { location: { zipcode: "1", city: "x" } },
      ["/location/city"],
      false,
    ],
    ["whose name needs escapes, still shown", {}, { "a/~b": 1 }, ["/a~1~0b"], false],
    ["of pictures, whatever is shown", {}, { image_urls: ["x"] }, ["/image_urls"], true],
  ])("what is left of an earlier document, %s: %5$s", (_name, wished, echoed, held, expected) => {
    expect(reads(wished, echoed, { held })).toBe(expected);
  });

  it.each(["deleted"])("a row that is %s never reads as a document", (state) => {
    expect(reads({}, {}, { state })).toBe(false);
  });

  it.each([
    ["deleted", true],
    ["created", false],
    ["simmering", false],
  ])("no ad, and a row that is %s: %s", (state, expected) => {
    const life = startLife();
    const { row } = life.row([], { state });
    expect(readsAs(life.ad(), { kind: "no-ad" }, { listing: emptyListing("x", 1), row })).toBe(expected);
  });
});
