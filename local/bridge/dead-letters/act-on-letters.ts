import type { SQSClient } from "@aws-sdk/client-sqs";
import { type ActingOptions, confirm, progressOf } from "#local/bridge/stage/confirm.ts";
import type { Stage } from "#local/bridge/stage/open-stage.ts";
import { formatGroups, groupByCause, isNamed, lookAtAll, takeAll } from "./dead-letters-command.ts";
import { type DeadLetter, type LetterBox, putBack } from "./read-dead-letters.ts";

/** What is to be done with each letter. `intend` says it before, of so many letters; `done` is the word for it afterwards. */
export type LetterAct = {
  intend(letters: number): string;
  done: string;
  /** Throws one sentence where this is not to be done with all letters of one cause. */
  checkCause?(letters: readonly DeadLetter[]): void;
  act(sqs: SQSClient, box: LetterBox, letter: DeadLetter): Promise<void>;
};

/** How many letters were dealt with, and how many were gone by then: somebody else has dealt with them, or holds them. */
export type ActedOn = { acted: number; gone: number };

/**
 * Does one thing with the dead letters that `id` names, one by its message id or those of a cause (undefined: all), once that is wanted. Nothing is held while it asks:
 * the answer may take longer than SQS holds a letter. Afterwards those that were asked about are taken again, and none that
 * came meanwhile. Whatever is not dealt with is put back, also when it fails half way. Rejects with one sentence where there
 * is none.
 */
export async function actOnLetters(
  stage: Stage,
  { id, intend, done, act, checkCause }: LetterAct & { id: string | undefined },
  options: ActingOptions,
): Promise<ActedOn> {
  const all = await lookAtAll(stage);
  const wanted = all.filter((letter) => id === undefined || isNamed(letter, id));
  checkWanted(stage, { id, wanted: wanted.length, all: all.length });
  if (wanted.some(({ causeId }) => causeId === id)) {
    checkCause?.(wanted);
  }
  await confirm(`${formatGroups(groupByCause(wanted))}\n${intend(wanted.length)}`, options);
  const wantedIds = new Set(wanted.map(({ messageId }) => messageId));
  const isWanted = ({ messageId }: DeadLetter) => wantedIds.has(messageId);
  const progress = progressOf(done, wanted.length);
  const held = await takeAll(stage);
  let acted = 0;
  try {
    for (const { box, letters } of held) {
      for (const letter of letters.filter(isWanted)) {
        await act(stage.sqs, box, letter);
        letters.splice(letters.indexOf(letter), 1);
        acted += 1;
        progress(acted);
      }
    }
  } finally {
    for (const { box, letters } of held) {
      await putBack(stage.sqs, box, letters);
    }
  }
  return { acted, gone: wanted.length - acted };
}

/** What has become of them, in words. `done` is the word for it. */
export function formatActedOn({ acted, gone }: ActedOn, done: string): string {
  return `${countOf(acted)} ${done}${gone === 0 ? "" : `; ${gone} ${gone === 1 ? "was" : "were"} gone by then, or in other hands`}`;
}

export function countOf(letters: number): string {
  return letters === 1 ? "1 dead letter" : `${letters} dead letters`;
}

function checkWanted(
  { name }: Stage,
  { id, wanted, all }: { id: string | undefined; wanted: number; all: number },
): void {
  if (all === 0) {
    throw new Error(`there are no dead letters in ${name}`);
  }
  if (wanted === 0) {
    throw new Error(`no dead letter and no cause is named ${id}: dead-letters lists them`);
  }
}
