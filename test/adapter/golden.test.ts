import { describe, expect, it } from "vitest";
import { inventoryDataSchemas } from "#shared/contracts/inventory-event.ts";
import { pollMessageSchema, queueMessageSchema } from "#shared/contracts/queue-message.ts";
import { keepVersion, keptVersions, readFiles, readReading, writeRowsOfToday } from "#test/golden/kept-versions.ts";
import { readVersion } from "#test/golden/read-version.ts";
import { renameField } from "#test/golden/rename-field.ts";
import { findMissingFields } from "#test/golden/row-fields.ts";
import { parseRows, upgradeRows } from "#test/golden/stored-rows.ts";

const versions = keptVersions();
const newest = versions.at(-1) ?? "";

/** A closed lane is in the index from its next probe on, which saves it; a pause is looked up without. */
const inIndex = ["dueAt", "tokenId"];
/** Fields that came after a version, of which the code says itself what a row without them means. */
const filledIn: Record<string, string[]> = {
  "0.1.0": ["adsPerRead", "passAt", "readsPausedUntil", "readsSince", ...inIndex].sort(),
  "0.2.0": inIndex,
};

/** How the rows of the table are named, item, token, type and number left out. */
const rowKinds = [
  ...["ad", "event", "source ad", "source event", "receipt", "chain", "lane", "canary", "values", "values-refresh"],
];

function kindOf(pk = "", sk = ""): string {
  const own = ["receipt", "chain", "lane", "canary", "values", "values-refresh"].find(
    (name) => pk.split("#")[0] === name,
  );
  return own ?? `${pk.startsWith("source#") ? "source " : ""}${sk.split("#")[0]}`;
}

describe("what a deployed version has written", () => {
  // What differs is read in another way than by the code that wrote it. On purpose: npm run golden -- --read-again
  it.each(versions)("is read by today's code as it was meant: %s", async (version) => {
    expect(await readVersion(readFiles(version))).toMatchObject(readReading(version));
  });

  it.each(versions)("has every field that today's code writes, or one that it fills in: %s", async (version) => {
    const rows = await upgradeRows(parseRows(readFiles(version).rows));
    const missing = findMissingFields(await writeRowsOfToday(), rows);
    expect(missing).toEqual(filledIn[version] ?? []);
  });

  it.each([
    ["heldUntil", "notUntil"],
    ["owner", "holder"],
    ["round", "lap"],
    ["closedUntil", "shutUntil"],
  ])("shows when %s is called %s", async (name, other) => {
    const files = readFiles(newest);
    const rows = renameField(files.rows, name, other);
    expect(rows).not.toBe(renameField(files.rows, name, name));
    const read = readVersion({ ...files, rows }).then((reading) => expect(reading).toMatchObject(readReading(newest)));
    await expect(read).rejects.toThrow();
    expect(findMissingFields(await writeRowsOfToday(), parseRows(rows)).join()).toContain(name);
  });

  it("is never overwritten", async () => {
    await expect(keepVersion(newest)).rejects.toThrow(`Version ${newest} is kept already`);
  });

  // A new kind: raise the version in package.json, then npm run golden.
  it("is kept of every kind of message, event and row that there is", () => {
    const files = readFiles(newest);
    const kinds = (text: string): { kind: string; event?: { type: string } }[] =>
      JSON.parse(text).map((body: string) => JSON.parse(body));
    const submit = kinds(files["queue-messages"]);
    const optionsOf = (schema: { def: { options: readonly unknown[] } }) =>
      schema.def.options.map(
        (option) => (option as { shape: { kind: { def: { values: string[] } } } }).shape.kind.def.values[0],
      );
    expect(new Set(submit.map(({ kind }) => kind))).toEqual(new Set(optionsOf(queueMessageSchema)));
    expect(new Set(kinds(files["poll-messages"]).map(({ kind }) => kind))).toEqual(
      new Set(optionsOf(pollMessageSchema)),
    );
    expect(new Set(submit.flatMap(({ event }) => event?.type ?? []))).toEqual(
      new Set(Object.keys(inventoryDataSchemas)),
    );
    const rows = parseRows(files.rows).map(({ pk, sk }) => kindOf(pk?.S, sk?.S));
    expect([...new Set(rows)].sort()).toEqual(rowKinds.sort());
  });
});
