import { describe, expect, it } from "vitest";
import { checkFields } from "#shared/contracts/field-error.ts";
import { pollMessageSchema, queueMessageSchema } from "#shared/contracts/queue-message.ts";
import { sourcesSecretSchema, tokensSecretSchema } from "#shared/contracts/secrets.ts";
import { changed, removedEvent, upsertedCar } from "./inventory-samples.ts";

const event = { source: "dms", id: "evt-1", receivedAt: 1_700_000_000_000, place: 0 };
const carMessage = {
  version: 1,
  kind: "inventory-event",
  listingIds: "uuid",
  event: { ...event, type: "inventory.item.upserted", sequence: "17", data: upsertedCar },
};
const rejectedMessage = {
  version: 1,
  kind: "rejected-event",
  source: "dms",
  eventId: "evt-1",
  item: null,
  receivedAt: 1_700_000_000_000,
  errors: [{ pointer: "/type", code: "unknown-type", message: "no such type" }],
};

describe("queue messages", () => {
  it.each([
    [carMessage],
    [{ ...carMessage, event: { ...event, type: removedEvent.type, data: removedEvent.data } }],
    [rejectedMessage],
    [{ ...rejectedMessage, item: { dealerCode: "DEMO", itemId: "1" } }],
    [{ version: 1, kind: "go-on", dealerCode: "DEMO", itemId: "å/1" }],
  ])("survive the queue: %j", (message) => {
    expect(checkFields(queueMessageSchema, JSON.parse(JSON.stringify(message)))).toEqual({ ok: true, value: message });
  });

  it("are not judged again: what the door took under older rules is still taken", () => {
    const older = changed<unknown>(carMessage, ["event", "data", "ad", "price", 0, "type"], "monthly");
    expect(checkFields(queueMessageSchema, older)).toEqual({ ok: true, value: older });
  });

  it("of a later writer may hold more than we know", () => {
    expect(checkFields(queueMessageSchema, { ...rejectedMessage, later: "00-1" }).ok).toBe(true);
  });

  it.each([
    [changed<unknown>(carMessage, ["version"], 2), "/version"],
    [changed<unknown>(carMessage, ["kind"], "other"), "/kind"],
    [changed<unknown>(carMessage, ["event", "type"], "inventory.item.exploded"), "/event/type"],
    [changed<unknown>(carMessage, ["event", "receivedAt"], undefined), "/event/receivedAt"],
    [changed<unknown>(carMessage, ["event", "data", "itemId"], undefined), "/event/data/itemId"],
    [changed<unknown>(rejectedMessage, ["item"], { dealerCode: "DEMO" }), "/item/itemId"],
    [changed<unknown>(rejectedMessage, ["item"], undefined), "/item"],
  ])("are refused where they are not ours", (message, pointer) => {
    expect(checkFields(queueMessageSchema, message)).toMatchObject({ ok: false, errors: [{ pointer }] });
  });
});

describe("poll messages", () => {
  it.each([
    [{ version: 1, kind: "tick" }, true],
    [{ version: 1, kind: "round", tokenId: "demo", round: 3 }, true],
    [{ version: 1, kind: "round", tokenId: "demo", round: 3.5 }, false],
    [{ version: 1, kind: "round" }, false],
  ])("%j: %s", (message, isOurs) => {
    expect(checkFields(pollMessageSchema, message).ok).toBe(isOurs);
  });
});

describe("secrets", () => {
  const source = { secrets: ["whsec_c2FuZGJveC1zZWNyZXQtZm9yLWxvY2FsLXVzZS1vbmx5"], dealers: ["DEMO"] };
  it("name listings by uuid unless told otherwise", () => {
    const checked = checkFields(sourcesSecretSchema, { dms: source });
    expect(checked).toEqual({ ok: true, value: { dms: { ...source, listingIds: "uuid" } } });
  });

  it.each([
    [{ dms: { ...source, secrets: [] } }, "/dms"],
    [{ dms: { ...source, secrets: ["plain"] } }, "/dms/secrets/0"],
    [{ dms: { ...source, dealers: [] } }, "/dms/dealers"],
    [{ dms: { ...source, dealers: ["a b"] } }, "/dms/dealers/0"],
    [{ dms: { ...source, listingIds: "mine" } }, "/dms/listingIds"],
  ])("of sources are refused: %j", (secret, pointer) => {
    expect(checkFields(sourcesSecretSchema, secret)).toMatchObject({ ok: false, errors: [{ pointer }] });
  });

  it.each([
    [[{ tokenId: "demo", token: "jwt", scope: "dealer_group", dealers: ["DEMO"] }], true],
    [[{ tokenId: "demo", token: "", scope: "dealer_group", dealers: ["DEMO"] }], false],
    [[{ tokenId: "demo", token: "jwt", scope: "group", dealers: ["DEMO"] }], false],
    [{}, false],
  ])("of tokens: %j: %s", (secret, isRight) => {
    expect(checkFields(tokensSecretSchema, secret).ok).toBe(isRight);
  });
});
