import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { documentOf, type Submission } from "#shared/ad/ad.ts";
import { nextActionAt, nextDueAt } from "#shared/ad/pace.ts";
import { passTime } from "#shared/ad/pass-time.ts";
import { plan } from "#shared/ad/plan.ts";
import { isOpen, listingOf } from "#shared/ad/submission.ts";
import { minute, second } from "./ad-life.ts";
import { randomSteps, startRandomLife } from "./random-life.ts";

type RandomLife = ReturnType<typeof startRandomLife>;

/** Runs any history, with a look at the ad after each step. */
function check(look: (world: RandomLife) => void): void {
  fc.assert(
    fc.property(randomSteps, fc.boolean(), (steps, isBoat) => {
      const world = startRandomLife(isBoat);
      for (const step of steps) {
        world.take(step);
        look(world);
      }
    }),
    { numRuns: 40 },
  );
}

describe("in any history", () => {
  it("whatever there is to do is announced in time; what only a stall sets free, at the next read", () => {
    check(({ life }) => {
      const stored = passTime(life.ad(), life.context());
      const dueAt = nextDueAt(stored, life.context()) ?? Number.NaN;
      for (const ms of [0, 1, 10 * second, 20 * second, minute, 5 * minute, 30 * minute, 24 * 60 * minute]) {
        const context = { ...life.context(), now: life.now() + ms };
        if (plan(stored, context).action.kind !== "none") {
          const isFreed = nextActionAt(stored, context) === null;
          expect(nextActionAt(passTime(stored, context), context) ?? Number.NaN).toBeLessThanOrEqual(context.now);
          expect(dueAt).toBeLessThanOrEqual(context.now + (isFreed ? context.waits.readSlowMs : 0));
        }
      }
    });
  });

  it("at most one submission is open beside overtaken ones, and at most one attempt holds a lease", () => {
    check(({ life }) => {
      const { submissions } = life.ad();
      const hasTurn = (one: Submission) => isOpen(one) && !one.overtaken && one.purpose !== "charge";
      expect(submissions.filter(hasTurn).length).toBeLessThanOrEqual(1);
      expect(submissions.filter(({ phase }) => phase.kind === "calling").length).toBeLessThanOrEqual(1);
      const overtaking = submissions.filter(({ overtaken }) => !overtaken).at(-1);
      expect(submissions.some((one) => isOpen(one) && one.overtaken && overtaking?.call === "post")).toBe(false);
    });
  });

  it("every event has its receipt, or one that owes it", () => {
    check(({ life, sent }) => {
      const { wish, submissions, outbox } = life.ad();
      for (const id of sent()) {
        const receipts = outbox.filter((row) => row.kind === "receipt" && row.receipt.eventId === id).length;
        const debtors = [...(wish === null ? [] : [wish]), ...submissions].filter(({ event }) => event.id === id);
        const debts = debtors.filter(({ owes }) => owes).length;
        expect([id, receipts + debts]).toEqual([id, 1]);
      }
    });
  });

  it("facts are told in sequence without gaps, each once", () => {
    check(({ life }) => {
      const told = life.told();
      expect(told.map(({ metadata }) => metadata.sequence)).toEqual(told.map((_, place) => place + 1));
      expect(new Set(told.map(({ metadata }) => metadata.id)).size).toBe(told.length);
    });
  });

  it("nothing dangles: each want has its document, each submission its listing, the newest listing the highest generation", () => {
    check(({ life }) => {
      const ad = life.ad();
      const wants = [ad.wish?.want, ad.settled?.want, ...ad.submissions.map(({ want }) => want)];
      for (const want of wants) {
        expect(() => want && documentOf(ad, want)).not.toThrow();
      }
      for (const submission of ad.submissions) {
        expect(listingOf(ad, submission).id).toBe(submission.listingId);
      }
      const generations = ad.listings.map(({ generation }) => generation);
      expect(generations).toEqual(generations.toSorted((a, b) => a - b));
    });
  });

  it("planning twice asks for one write, and with a full outbox for none", () => {
    check(({ life }) => {
      const ad = structuredClone(life.ad());
      const first = plan(ad, life.context());
      expect(ad).toEqual(life.ad());
      expect([first.action.kind, plan(first.ad, life.context()).action.kind]).not.toEqual(["write", "write"]);
      const isFull = ad.outbox.length >= 20;
      expect(isFull && first.action.kind === "write").toBe(false);
    });
  });
});
