import type { Command } from "commander";
import { progressOf } from "#local/bridge/stage/confirm.ts";
import type { Stage } from "#local/bridge/stage/open-stage.ts";
import { type CommandOptions, onStage, print, withStage } from "#local/bridge/stage/stage-command.ts";
import { type DeadLetter, type LetterBox, letterBoxes, putBack, takeDeadLetters } from "./read-dead-letters.ts";

/** The dead letters of one cause. */
export type CauseGroup = { causeId: string; cause: string; count: number; oldest: string; messageIds: string[] };

type Listing = CommandOptions & { show?: string };

/** `dead-letters`: grouped by cause; with `--show` the body of one. Everything is put back. */
export function addDeadLetters(program: Command): void {
  onStage(program.command("dead-letters"))
    .description("show the dead letters, grouped by cause")
    .option("--show <id>", "show one whole: a message id, or a cause for its oldest; it may hold personal data")
    .action((options: Listing) => withStage(options, (stage) => list(stage, options)));
}

async function list(stage: Stage, options: Listing): Promise<void> {
  const letters = await lookAtAll(stage);
  if (letters.length === 0) {
    throw new Error(`there are no dead letters in ${stage.name}`);
  }
  if (options.show === undefined) {
    return print(options, groupByCause(letters), formatGroups);
  }
  const shown = letters.find((letter) => isNamed(letter, options.show ?? ""));
  if (shown === undefined) {
    throw new Error(`no dead letter and no cause is named ${options.show}`);
  }
  print(options, withoutReceipt(shown), formatLetter);
}

/** Whether an id that somebody typed is that of the letter or of its cause. */
export function isNamed({ messageId, causeId }: DeadLetter, id: string): boolean {
  return messageId === id || causeId === id;
}

/** All dead letters of both queues, each queue's oldest first, put back already. */
export async function lookAtAll(stage: Stage): Promise<DeadLetter[]> {
  const held = await takeAll(stage);
  for (const { box, letters } of held) {
    await putBack(stage.sqs, box, letters);
  }
  return held.flatMap(({ letters }) => letters);
}

/** All dead letters of both queues, oldest first, in hand. */
export async function takeAll({ sqs, ...stage }: Stage): Promise<{ box: LetterBox; letters: DeadLetter[] }[]> {
  const progress = progressOf("dead letters read", null);
  const held: { box: LetterBox; letters: DeadLetter[] }[] = [];
  for (const box of letterBoxes({ sqs, ...stage })) {
    const letters = await takeDeadLetters(sqs, box, progress);
    held.push({ box, letters: letters.sort((a, b) => a.sentAt.localeCompare(b.sentAt)) });
  }
  return held;
}

export function groupByCause(letters: readonly DeadLetter[]): CauseGroup[] {
  return [...Map.groupBy(letters, ({ causeId }) => causeId)].map(([causeId, group]) => ({
    causeId,
    cause: group[0]?.cause ?? "",
    count: group.length,
    oldest: group.map(({ sentAt }) => sentAt).sort()[0] ?? "",
    messageIds: group.map(({ messageId }) => messageId),
  }));
}

export function formatGroups(groups: readonly CauseGroup[]): string {
  return groups
    .map(({ causeId, cause, count, oldest }) => `${causeId}  ${String(count).padStart(5)}  oldest ${oldest}  ${cause}`)
    .join("\n");
}

function withoutReceipt({ receipt: _, ...letter }: DeadLetter) {
  return letter;
}

function formatLetter({ messageId, queue, cause, sentAt, body }: Omit<DeadLetter, "receipt">): string {
  return [`${messageId}  ${queue} queue, ${sentAt}`, `  ${cause}`, body].join("\n");
}
