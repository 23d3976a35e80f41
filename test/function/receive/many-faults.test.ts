import { describe, expect, it } from "vitest";
import { limits } from "#shared/contracts/inventory-event.ts";
import { carEvent, changed, removedEvent } from "#test/unit/contracts/inventory-samples.ts";
import { frontDoor } from "./front-door.ts";

const ad = ["data", "ad"];
const places: [string, string[]][] = [
  ["price", [...ad, "price"]],
  ["image_urls", [...ad, "image_urls"]],
  ["equipments", [...ad, "category_fields", "equipments"]],
  ["fuels", [...ad, "category_fields", "powertrain", "fuels"]],
  ["an unknown key of the document", [...ad, "unknown"]],
  ["an unknown key of the data", ["data", "unknown"]],
  ["an unknown attribute", ["unknown"]],
];
/** Nests deeper than can be written, so that the size of the document cannot simply be asked. */
const abyss = `${"[".repeat(5_000)}${"]".repeat(5_000)}`;

/** As many elements as a whole batch has room for beside a removal. */
function filledBatch(event: object, path: readonly string[], element: string): string {
  const text = JSON.stringify([changed(event, path, "marker"), removedEvent]).replace('"abyss"', abyss);
  const room = limits.bodyBytes - Buffer.byteLength(text);
  const count = Math.floor(room / (element.length + 1));
  return text.replace('"marker"', `[${`${element},`.repeat(count - 1)}${element}]`);
}

describe("an event with as many faults as a body holds", () => {
  it.each(places.flatMap(([name, path]) => ["1", "{}", "[]"].map((element) => [name, element, path] as const)))(
    "in %s (each %s) is rejected alone, and quickly",
    async (_, element, path) => {
      for (const vehicleType of ["car", "boat", "lorry"]) {
        const door = frontDoor();
        const event = changed(carEvent, ["data", "vehicleType"], vehicleType);
        const { status, body } = await door.post({ body: filledBatch(event, path, element) });
        expect(status).toBe(202);
        expect(body.items).toMatchObject([{ status: "rejected" }, { status: "queued" }]);
      }
    },
  );

  it("is rejected alone also where nesting without end keeps it from being measured", async () => {
    const door = frontDoor();
    const event = changed(carEvent, ["data", "ad", "category_fields", "deep"], "abyss");
    const { status, body } = await door.post({ body: filledBatch(event, [...ad, "price"], "1") });
    expect(status).toBe(202);
    const codes = body.items[0].errors.map(({ code }: { code: string }) => code);
    expect(codes).toEqual(["too-large", "too-deep"]);
    expect(body.items[1]).toMatchObject({ status: "queued" });
  });
});
