import { acceptRejected } from "#shared/ad/accept.ts";
import { type Ad, newAd } from "#shared/ad/ad.ts";
import { accepted, car, dawn, deleted, inDoubt, type Life, log, published, startLife } from "#test/unit/ad/ad-life.ts";
import { rejectedMessage, traceparent } from "./sample-messages.ts";

/** Ways that an item's record may be found in the table: together they use every part of it. */
const stories: Record<string, (life: Life) => void> = {
  waiting: (life) => life.want("1", car(), { sequence: "7", traceparent }),
  calling: (life) => {
    life.want("1");
    life.step();
  },
  answered: (life) => {
    life.want("1", car(), { traceparent });
    life.step();
    life.reply(accepted);
    life.observe(log("r1 create processing"));
  },
  "in-doubt": (life) => {
    life.want("1");
    life.step();
    life.reply(inDoubt);
  },
  published: (life) => {
    life.want("1", car(100_000, { url: "https://dealer.example/1" }));
    life.step();
    life.reply(accepted);
    life.observe(published());
  },
  "to-be-changed": (life) => {
    life.publish("1", car(100_000, { url: "https://dealer.example/1" }));
    life.want("2", car(90_000));
    life.charge("3");
  },
  charged: (life) => {
    life.publish();
    life.charge("2", "pole_position");
    life.step();
    life.reply(inDoubt);
  },
  removed: (life) => {
    life.publish();
    life.remove("2");
    life.step();
    life.reply(accepted);
    life.observeAtRest([...published(), ...deleted()], { state: "deleted" });
  },
  overdue: (life) => {
    life.want("1");
    life.step();
    life.reply(accepted);
    life.observe(log("r1 create processing"));
    life.stall();
    life.want("2", car(95_000));
  },
  watched: (life) => {
    life.want("1", car(), { traceparent });
    life.step();
    life.reply(inDoubt);
    life.observeAtRest(log("r1 create done", "r1 handle_media error", "r1 publish error"));
  },
  "half-told": (life) => {
    life.want("1");
    life.step();
    life.reply(accepted);
    life.observe(published(), { blocketAdId: null });
  },
  held: (life) => {
    life.publish();
    life.want("2", car(80_000));
    life.change({ heldUntil: dawn + 20 * 60_000, askedAt: dawn });
  },
};

/** The records of the stories, each of an item named after its story, and that of a source with a rejected event. */
export function sampleLives(): Ad[] {
  const items = Object.entries(stories).map(([itemId, live]) => {
    const life = startLife({ key: { dealerCode: "DEMO", itemId } });
    live(life);
    return life.ad();
  });
  const { context } = startLife();
  return [...items, acceptRejected(newAd({ source: "dms" }), rejectedMessage, context())];
}
