import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postInventoryEvents } from "#local/send/post-inventory-events.ts";
import { vehicleTypeNames } from "#shared/contracts/vehicle-types.ts";
import { type RunningSandbox, startSandboxProcess } from "./sandbox-process.ts";
import { type Delivery, followAdEvents, readAd, until } from "./sandbox-views.ts";

const folder = join(import.meta.dirname, "../../docs/examples");
const examples = vehicleTypeNames.map((name) => JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")));

describe("the published example of", () => {
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await startSandboxProcess();
    const answer = await postInventoryEvents(sandbox.bridgeUrl, JSON.stringify(examples));
    expect(answer).toMatchObject({ status: 202, items: examples.map(({ id }) => ({ id, status: "queued" })) });
  });
  afterAll(() => sandbox[Symbol.asyncDispose]());

  it.each(vehicleTypeNames)("a %s is published without a word", async (vehicleType) => {
    const itemId = `example-${vehicleType}`;
    const isIts = ({ detail }: Delivery) => detail.metadata.itemId === itemId;
    const { "detail-type": type, detail } = await followAdEvents(sandbox.bridgeUrl, isIts);
    expect({ type, data: detail.data }).toEqual({
      type: "AdPublished",
      data: { blocketAdId: expect.any(String), warnings: [] },
    });
  });

  it("a car, with fewer fields, is published with what the door had to say, in the receipt too", async () => {
    const [car] = examples;
    const { brand: _, ...fields } = car.data.ad.category_fields;
    const poor = structuredClone(car);
    Object.assign(poor, { id: "poor-1" });
    poor.data.itemId = "poor";
    poor.data.ad = {
      ...car.data.ad,
      body: "a < b",
      category_fields: { ...fields, registration_number: "POO123", vin: undefined },
    };
    await postInventoryEvents(sandbox.bridgeUrl, JSON.stringify(poor));
    const published = await followAdEvents(
      sandbox.bridgeUrl,
      ({ "detail-type": type, detail }) => type === "AdPublished" && detail.metadata.itemId === "poor",
    );
    const said = [
      expect.objectContaining({ pointer: "/body", code: "replaced-characters" }),
      expect.objectContaining({ pointer: "/category_fields/brand", code: "missing-field" }),
    ];
    expect(published.detail.data.warnings).toEqual(said);
    const receipts = await until(async () => {
      const record = await readAd(sandbox.bridgeUrl, { dealerCode: "DEMO", itemId: "poor" });
      return record !== null && record.receipts.length > 0 && record.receipts;
    });
    expect(receipts).toEqual([expect.objectContaining({ eventId: "poor-1", outcome: "applied", warnings: said })]);
  });
});
