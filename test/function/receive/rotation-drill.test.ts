import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { secretStore } from "#shared/aws/secret-store.ts";
import { sourcesSecretSchema } from "#shared/contracts/secrets.ts";
import { stubSecrets } from "#test/support/aws/stub-secrets.ts";
import { removedEvent } from "#test/unit/contracts/inventory-samples.ts";
import { frontDoor, newSecret, now, secret as oldSecret } from "./front-door.ts";

const second = 1_000;
const minute = 60 * second;

const secretsManager = stubSecrets();

function setSecrets(...secrets: string[]): void {
  secretsManager.setSecret("sources", JSON.stringify({ dms: { secrets, dealers: ["DEMO"] } }));
}

/** Containers as Lambda keeps them, each with a cache of its own that it filled at a time of its own. */
function openContainers(count: number) {
  return Array.from({ length: count }, () =>
    frontDoor((clock) =>
      secretStore({ client: secretsManager.client(), secretId: "sources", schema: sourcesSecretSchema, now: clock }),
    ),
  );
}

type Drill = {
  /** All from the beginning, in ms: the new secret is there beside the old, the sender signs with it, the old is gone. */
  addedAt: number;
  switchedAt: number;
  removedAt: number;
  containers: number;
  /** Sends rubbish before each event, so that the caches are read anew all the time. */
  hasForger: boolean;
};

/** One event every two seconds, to one container after the other, until ten minutes after the old secret is gone. */
async function run({ addedAt, switchedAt, removedAt, containers, hasForger }: Drill) {
  setSecrets(oldSecret);
  const doors = openContainers(containers);
  const statuses: (number | undefined)[] = [];
  const forged: (number | undefined)[] = [];
  const oldOnes: { after: number; status: number | undefined }[] = [];
  for (let at = 0, place = 0; at < removedAt + 10 * minute; at += 2 * second, place += 1) {
    setSecrets(...(at < addedAt ? [oldSecret] : at < removedAt ? [oldSecret, newSecret] : [newSecret]));
    const door = doors[place % doors.length] as (typeof doors)[number];
    door.now = now + at;
    const post = (id: string, signedBy: string) =>
      door.post({ body: { ...removedEvent, id }, signedBy, signedAt: door.now });
    if (hasForger) {
      forged.push((await post("forged", `whsec_${Buffer.alloc(32, 9).toString("base64")}`)).status);
    }
    statuses.push((await post(`evt-${place}`, at < switchedAt ? oldSecret : newSecret)).status);
    if (at >= removedAt) {
      oldOnes.push({ after: at - removedAt, status: (await post("old", oldSecret)).status });
    }
  }
  const queued = doors.flatMap((door) => door.queued.map((message) => ("event" in message ? message.event.id : "")));
  return { statuses, forged, oldOnes, queued: queued.filter((id) => id !== "old") };
}

describe("the rotation of a source's secret", () => {
  it("loses and refuses nothing, whenever its steps are taken in order and ten seconds apart", {
    timeout: 60_000,
  }, async () => {
    const step = fc.integer({ min: 10, max: 240 }).map((seconds) => seconds * second);
    await fc.assert(
      fc.asyncProperty(fc.tuple(step, step, step), fc.integer({ min: 1, max: 4 }), fc.boolean(), async (...drawn) => {
        const [[addedAt, toSwitch, toRemoval], containers, hasForger] = drawn;
        const switchedAt = addedAt + toSwitch;
        const drill = { addedAt, switchedAt, removedAt: switchedAt + toRemoval, containers, hasForger };
        const { statuses, forged, queued } = await run(drill);
        expect(new Set(statuses)).toEqual(new Set([202]));
        expect(queued.sort()).toEqual(statuses.map((_, place) => `evt-${place}`).sort());
        expect(new Set(forged)).toEqual(new Set(hasForger ? [401] : []));
      }),
      { numRuns: 5 },
    );
  });

  it("ends the old secret: five minutes after it is gone no container takes it any more", async () => {
    const drill = { addedAt: minute, switchedAt: 2 * minute, removedAt: 3 * minute, containers: 3, hasForger: false };
    const { oldOnes } = await run(drill);
    const late = oldOnes.filter(({ after }) => after > 5 * minute + 6 * second);
    expect(late.length).toBeGreaterThan(100);
    expect(new Set(late.map(({ status }) => status))).toEqual(new Set([401]));
  });

  it("would refuse events if the old secret went before the sender had switched", async () => {
    const drill = { addedAt: minute, switchedAt: 30 * minute, removedAt: 2 * minute, containers: 2, hasForger: false };
    expect((await run(drill)).statuses).toContain(401);
  });
});
