import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StoredDocument } from "#shared/ad/ad.ts";
import {
  clearablePointers,
  documentFields,
  fieldsOver,
  hashDocument,
  heldPointers,
  normalizePlate,
  outgoingFields,
} from "#shared/ad/document.ts";
import { car } from "./ad-life.ts";

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

function shuffleKeys(value: Json): Json {
  if (Array.isArray(value) || typeof value !== "object" || value === null) {
    return Array.isArray(value) ? value.map(shuffleKeys) : value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, shuffleKeys(inner)]),
  );
}

describe("hashDocument", () => {
  it("is the same whatever the order of the keys", () => {
    const fields = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }));
    fc.assert(
      fc.property(fields, (category_fields) => {
        const document = { vehicleType: "car", ad: { body: "b", category_fields } } as unknown as StoredDocument;
        expect(hashDocument(shuffleKeys(document as never) as never)).toBe(hashDocument(document));
      }),
    );
  });

  it("is the same for ever: stored records go by it", () => {
    const ad = { body: "A car.", category_fields: { model_year: 2020, brand: "volvo" } };
    expect(hashDocument({ vehicleType: "car", ad })).toBe("GnCjiMLq0HvEruCK7yQ8CX");
  });

  it.each<[string, StoredDocument]>([
    ["another type", { ...car(), vehicleType: "transport" }],
    ["another price", car(1)],
    ["a field more", car(100_000, { visible: true })],
    ["another order in an array", car(100_000, { image_urls: ["https://a.example/2", "https://a.example/1"] })],
  ])("differs for %s", (_name, other) => {
    const document = other.ad.image_urls ? car(100_000, { image_urls: other.ad.image_urls.toReversed() }) : car();
    expect(hashDocument(other)).not.toBe(hashDocument(document));
  });
});

describe("outgoingFields", () => {
  it("says the API's defaults aloud, and the document's own word over them", () => {
    expect(outgoingFields(car())).toMatchObject({
      visible: true,
      dont_publish_on_failed_images: false,
      body: "A car.",
    });
    const hidden = car(1, { visible: false, dont_publish_on_failed_images: true });
    expect(outgoingFields(hidden)).toMatchObject({ visible: false, dont_publish_on_failed_images: true });
  });

  it("leaves the document as it was", () => {
    const document = car();
    (outgoingFields(document).category_fields as Record<string, unknown>).brand = "saab";
    expect(document).toEqual(car());
  });
});

describe("heldPointers", () => {
  it.each<[string, Record<string, Json>, string[]]>([
    ["walks objects", { a: { b: { c: 1 } }, d: "x" }, ["/a/b/c", "/d"]],
    ["takes an array as one field", { a: [{ b: 1 }] }, ["/a"]],
    ["passes over null", { a: null, b: { c: null } }, []],
    ["counts false, zero and the empty text", { a: false, b: 0, c: "" }, ["/a", "/b", "/c"]],
    ["escapes keys", { "a/b": { "~": 1 } }, ["/a~1b/~0"]],
  ])("%s", (_name, fields, pointers) => {
    expect(heldPointers(fields)).toEqual(pointers);
  });
});

describe("fieldsOver", () => {
  it.each<[string, Record<string, Json>, string[], Record<string, Json>, string[]]>([
    ["a field that is gone", { a: 1 }, ["/a", "/b"], { a: 1, b: null }, ["/b"]],
    ["at the outermost gap only", {}, ["/a/b/c", "/a/d"], { a: null }, ["/a"]],
    ["inside what is still there", { a: { x: 1 } }, ["/a/b/c"], { a: { x: 1, b: null } }, ["/a/b"]],
    ["nothing where a value has taken its place", { a: 1 }, ["/a/b"], { a: 1 }, []],
    ["nothing where the document says null itself", { a: null }, ["/a", "/a/b"], { a: null }, []],
    ["escaped keys", {}, ["/a~1b", "/~0"], { "a/b": null, "~": null }, ["/a~1b", "/~0"]],
    ["no title of a registered vehicle", {}, ["/title", "/b"], { b: null }, ["/b"]],
  ])("nulls %s", (_name, category_fields, held, expected, nulled) => {
    const inside = (pointer: string) => (pointer === "/title" ? pointer : `/category_fields${pointer}`);
    const document = car(1, { category_fields });
    const over = fieldsOver(held.map(inside), document);
    expect(over.nulled).toEqual(nulled.map(inside));
    expect(over.fields).toEqual({ ...outgoingFields(document), category_fields: expected });
    expect(document).toEqual(car(1, { category_fields }));
  });
});

describe("normalizePlate", () => {
  it.each([
    ["abc 123", "ABC123"],
    ["ABC12D", "ABC12D"],
    ["", null],
    [undefined, null],
    [7, null],
  ])("%s is %s", (plate, normal) => {
    expect(normalizePlate(plate)).toBe(normal);
  });
});

describe("what a registered vehicle can't clear", () => {
  const held = ["/title", "/titles", "/contact", "/contact/email", "/category_fields/title", "/body"];

  it("is its title and its contact", () => {
    expect(clearablePointers(held, car())).toEqual(["/titles", "/category_fields/title", "/body"]);
    expect(clearablePointers(held, { ...car(), vehicleType: "boat" })).toEqual(held);
  });
});

describe("documentFields", () => {
  it("takes of a row what a document can hold", () => {
    const row = { title: "Boat", body: "A boat.", id: 7, state: "created", log: [], category_fields: { length: 5 } };
    expect(documentFields(row)).toEqual({ title: "Boat", body: "A boat.", category_fields: { length: 5 } });
  });
});
