import { setTimeout as wait } from "node:timers/promises";
import type { AdKey, Submission } from "#shared/ad/ad.ts";
import type { AdReader, AdRecord } from "./read-ad-record.ts";

const everyMs = 200;

/**
 * Reads an ad again and again, because a submission is gone from it once it has settled. `stop` reads a last time and gives
 * every submission as it was last seen, and the record as it is now.
 */
export function watchAd(readAd: AdReader, key: AdKey): AdWatch {
  const submissions = new Map<number, Submission>();
  let isOver = false;
  const read = async () => {
    const record = await readAd(key);
    for (const submission of record?.ad.submissions ?? []) {
      submissions.set(submission.number, submission);
    }
    return record;
  };
  const reading = (async () => {
    while (!isOver) {
      await read();
      await wait(everyMs);
    }
  })();
  return {
    read,
    stop: async () => {
      isOver = true;
      await reading;
      return { record: await read(), submissions: [...submissions.values()] };
    },
  };
}

export type AdWatch = {
  read(): Promise<AdRecord | null>;
  stop(): Promise<{ record: AdRecord | null; submissions: Submission[] }>;
};
