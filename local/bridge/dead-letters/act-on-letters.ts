import type { SQSClient } from "@aws-sdk/client-sqs";
import { type ActingOptions, confirm, progressOf } from "#local/bridge/stage/confirm.ts";
import type { Stage } from "#local/bridge/stage/open-stage.ts";
import { formatGroups, groupByCause, takeAll } from "./dead-letters-command.ts";
import { type DeadLetter, type LetterBox, putBack } from "./read-dead-letters.ts";

/** What is to be done with each letter. `intend` says it before, of so many letters; `done` is the word for it afterwards. */
export type LetterAct = {
  intend(letters: number): string;
  done: string;
  act(sqs: SQSClient, box: LetterBox, letter: DeadLetter): Promise<void>;
};

/**
 * Does one thing with the dead letters of a cause (undefined: of all), once that is wanted, and gives their number. Whatever
 * is not dealt with is put back, also when it fails half way. Rejects with one sentence where there is none.
 */
export async function actOnLetters(
  stage: Stage,
  { cause, intend, done, act }: LetterAct & { cause: string | undefined },
  options: ActingOptions,
): Promise<number> {
  const held = await takeAll(stage);
  const isWanted = ({ causeId }: DeadLetter) => cause === undefined || causeId === cause;
  const wanted = held.flatMap(({ letters }) => letters.filter(isWanted));
  let count = 0;
  const progress = progressOf(done, wanted.length);
  try {
    checkWanted(stage, { cause, wanted: wanted.length, all: held.flatMap(({ letters }) => letters).length });
    await confirm(`${formatGroups(groupByCause(wanted))}\n${intend(wanted.length)}`, options);
    for (const { box, letters } of held) {
      for (const letter of letters.filter(isWanted)) {
        await act(stage.sqs, box, letter);
        letters.splice(letters.indexOf(letter), 1);
        count += 1;
        progress(count);
      }
    }
  } finally {
    for (const { box, letters } of held) {
      await putBack(stage.sqs, box, letters);
    }
  }
  return count;
}

export function countOf(letters: number): string {
  return letters === 1 ? "1 dead letter" : `${letters} dead letters`;
}

function checkWanted(
  { name }: Stage,
  { cause, wanted, all }: { cause: string | undefined; wanted: number; all: number },
): void {
  if (all === 0) {
    throw new Error(`there are no dead letters in ${name}`);
  }
  if (wanted === 0) {
    throw new Error(`no dead letter has the cause ${cause}: dead-letters lists them`);
  }
}
