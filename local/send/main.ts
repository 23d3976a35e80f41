import { readPort } from "#local/sandbox/read-settings.ts";
import { defaultPorts } from "#local/sandbox/sandbox-constants.ts";
import { formatAnswer } from "./format-answer.ts";
import { type PostAnswer, postInventoryEvents } from "./post-inventory-events.ts";
import { readEventsFile } from "./read-events-file.ts";

async function send(args: string[]): Promise<PostAnswer> {
  const [file, ...more] = args;
  if (file === undefined || more.length > 0) {
    throw new Error("name one file with an inventory event, or - for standard input: npm run send -- FILE");
  }
  const text = readEventsFile(file);
  const bridgeUrl = `http://127.0.0.1:${readPort(process.env, "PORT", defaultPorts.bridge)}`;
  try {
    return await postInventoryEvents(bridgeUrl, text);
  } catch (cause) {
    throw new Error(`no sandbox answers at ${bridgeUrl}: start one with npm start, or set PORT to where it listens`, {
      cause,
    });
  }
}

try {
  const answer = await send(process.argv.slice(2));
  console.log(formatAnswer(answer));
  const isQueued = answer.status === 202 && answer.items.every(({ status }) => status === "queued");
  process.exitCode = isQueued ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
