import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { toMessageBody } from "#shared/aws/sqs-body.ts";
import { versionsFolder as folder, keepContract } from "#tools/contract/kept-contracts.ts";
import { type GoldenFiles, readVersion } from "./read-version.ts";
import { pollMessages, queueMessages, secrets } from "./sample-messages.ts";
import { writeSampleRows } from "./sample-rows.ts";
import { formatRows, readStoredRows, type StoredRow, withTable } from "./stored-rows.ts";

const fileOf = (version: string, name: string) => join(folder, version, `${name}.json`);
const fileNames = ["queue-messages", "poll-messages", "rows", "secrets"] as const;
const format = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** The versions whose files are kept, oldest first. */
export function keptVersions(): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

export function readFiles(version: string): GoldenFiles {
  const read = (name: string) => readFileSync(fileOf(version, name), "utf8");
  return Object.fromEntries(fileNames.map((name) => [name, read(name)])) as GoldenFiles;
}

/** What the version itself made of its files when they were written. */
export function readReading(version: string): Record<string, unknown> {
  return JSON.parse(readFileSync(fileOf(version, "reading"), "utf8"));
}

/** The rows as today's code writes them. */
export function writeRowsOfToday(): Promise<StoredRow[]> {
  return withTable(async (access) => {
    await writeSampleRows(access);
    return readStoredRows(access);
  });
}

/** Keeps what today's code writes as that of a version. Throws one sentence where the version is kept already. */
export async function keepVersion(version: string): Promise<void> {
  if (existsSync(join(folder, version))) {
    throw new Error(`Version ${version} is kept already: what a version has written does not change after it.`);
  }
  const files: GoldenFiles = {
    "queue-messages": format(queueMessages.map(toMessageBody)),
    "poll-messages": format(pollMessages.map((message) => JSON.stringify(message))),
    rows: formatRows(await writeRowsOfToday()),
    secrets: format(secrets),
  };
  const reading = await readVersion(files);
  mkdirSync(join(folder, version), { recursive: true });
  for (const [name, text] of [...Object.entries(files), ["reading", format(reading)]]) {
    writeFileSync(fileOf(version, name ?? ""), text ?? "");
  }
  await keepContract(join(folder, version));
}

/** Writes anew only what is made of a version's files: for when a decision was changed on purpose. */
export async function readAgain(version: string): Promise<void> {
  writeFileSync(fileOf(version, "reading"), format(await readVersion(readFiles(version))));
}
