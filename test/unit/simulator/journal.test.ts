import { describe, expect, it } from "vitest";
import type { Journal } from "#local/simulator/journal.ts";
import { fewestLines } from "#local/simulator/keep-journal.ts";
import type { Tokens } from "#local/simulator/tokens.ts";
import { boat, car, type Fixture, startMarketplace, startOfTime } from "./marketplace-fixture.ts";

interface MemoryJournal extends Journal {
  lines: string[];
}

function memoryJournal(lines: string[] = []): MemoryJournal {
  const journal: MemoryJournal = {
    lines,
    load: () => [...journal.lines],
    replace: (replacement) => {
      journal.lines = [...replacement];
    },
    append: (line) => journal.lines.push(line),
  };
  return journal;
}

/** A history with every kind of input in it; what was answered, as bytes. */
function play({ marketplace, call, wait }: Fixture): string[] {
  const answers = [call("POST", "/v4/car", car), call("POST", "/v4/boat", boat)];
  wait(300);
  answers.push(call("GET", "/v4/ad?include=log"));
  marketplace.changeSettings({ publishDelayMs: 900, quirks: { logField: "logs" } });
  answers.push(call("GET", "/v4/car/car-1/bump"));
  marketplace.addFault({ kind: "status", status: 500, times: 3 });
  answers.push(call("GET", "/v4/ad"));
  wait(700);
  answers.push(call("GET", "/v4/ad"));
  marketplace.clearFaults();
  marketplace.addFault({ kind: "publish-error" });
  answers.push(call("PUT", "/v4/boat/boat-1", {}));
  marketplace.addFault({ kind: "hang" });
  answers.push(call("DELETE", "/v4/ad/car-1", undefined, { "x-auth-token": "nobody" }));
  marketplace.addFault({ kind: "drop-after", times: 2 });
  answers.push(call("DELETE", "/v4/ad/car-1"));
  return answers.map((answer) => JSON.stringify(answer));
}

function everythingOf({ marketplace }: Fixture): unknown {
  const { ads, requests, charges, settings, nextJobAt } = marketplace;
  return JSON.parse(JSON.stringify([ads(), requests(), charges(), settings(), nextJobAt()]));
}

describe("determinism", () => {
  it("gives the same bytes for the same seed and calls", () => {
    const first = startMarketplace({ delayJitter: 1 }, { seed: 3 });
    const second = startMarketplace({ delayJitter: 1 }, { seed: 3 });
    expect(play(first)).toEqual(play(second));
    expect(everythingOf(first)).toEqual(everythingOf(second));
  });

  it("gives other ids for another seed", () => {
    expect(play(startMarketplace({}, { seed: 3 }))[0]).not.toBe(play(startMarketplace({}, { seed: 4 }))[0]);
  });
});

describe("the journal", () => {
  it("brings everything back, whenever the process died, and goes on as if it had not", () => {
    const journal = memoryJournal();
    const lived = startMarketplace({ delayJitter: 1 }, { journal });
    play(lived);
    const restarted = startMarketplace({}, { seed: 99, journal: memoryJournal([...journal.lines]) });
    restarted.wait(lived.now() - restarted.now());
    expect(everythingOf(restarted)).toEqual(everythingOf(lived));
    for (const fixture of [lived, restarted]) {
      fixture.settle();
      fixture.call("PUT", "/v4/boat/boat-1", { body: "after" });
      fixture.settle();
    }
    expect(everythingOf(restarted)).toEqual(everythingOf(lived));
  });

  it("is compacted at start without losing anything", () => {
    const journal = memoryJournal();
    const lived = startMarketplace({}, { journal });
    play(lived);
    for (let count = 0; count < 2500; count += 1) lived.call("GET", "/v4/ad");
    const length = journal.lines.length;
    const once = startMarketplace({}, { journal });
    expect(journal.lines.length).toBeLessThan(length / 100);
    const twice = startMarketplace({}, { journal });
    for (const fixture of [once, twice]) fixture.wait(lived.now() - fixture.now());
    expect(everythingOf(twice)).toEqual(everythingOf(lived));
    expect(everythingOf(once)).toEqual(everythingOf(lived));
  });

  it("does not grow with the number of requests, and loses nothing by it", () => {
    const journal = memoryJournal();
    const lived = startMarketplace({ delayJitter: 1 }, { journal });
    play(lived);
    let longest = 0;
    for (let count = 0; count < 2 * fewestLines; count += 1) {
      lived.call("GET", `/v4/ad/${count}`);
      longest = Math.max(longest, journal.lines.length);
    }
    expect(longest).toBeLessThan(fewestLines + 100);
    const restarted = startMarketplace({}, { journal });
    restarted.wait(lived.now() - restarted.now());
    expect(everythingOf(restarted)).toEqual(everythingOf(lived));
  });

  it("of an older simulator leaves the settings and quirks that came later at their defaults", () => {
    const journal = memoryJournal();
    startMarketplace({}, { journal });
    const [first = "", ...rest] = journal.lines;
    const line = JSON.parse(first);
    line.state.settings = { publishDelayMs: 7 };
    line.state.quirks = { logField: "logs" };
    for (const name of ["revocations", "throttles"]) delete line.state[name];
    const restarted = startMarketplace({}, { journal: memoryJournal([JSON.stringify(line), ...rest]) });
    expect(restarted.marketplace.settings()).toMatchObject({ publishDelayMs: 7, faultRate: 0, publishOutcome: "done" });
    expect(restarted.marketplace.settings().quirks).toMatchObject({
      logField: { value: "logs" },
      retryLog: { value: "new-request" },
    });
    expect(restarted.call("GET", "/v4/ad").status).toBe(200);
  });

  it("replays with the tokens of the former life and goes on with those given", () => {
    const journal = memoryJournal();
    startMarketplace({}, { journal }).call("POST", "/v4/car", car);
    const tokens: Tokens = { renewed: { scope: "dealer_code", dealerCodes: ["DEMO"] } };
    const restarted = startMarketplace({}, { journal, tokens });
    expect(restarted.call("GET", "/v4/ad/car-1").status).toBe(401);
    expect(restarted.call("GET", "/v4/ad/car-1", undefined, { "x-auth-token": "renewed" }).status).toBe(200);
  });

  it("holds each request before it is answered, without idle headers", () => {
    const journal = memoryJournal();
    const fixture = startMarketplace({}, { journal });
    fixture.call("POST", "/v4/car", car, { cookie: "c" });
    expect(journal.lines.at(-1)).toContain('"car-1\\"');
    expect(journal.lines.at(-1)).not.toContain("cookie");
  });

  it("is as far ahead of its clock after it was read back, from lines and from a snapshot", () => {
    const journal = memoryJournal();
    startMarketplace({}, { journal }).marketplace.moveClock({ aheadMs: 60_000 });
    const { marketplace } = startMarketplace({}, { journal });
    expect(marketplace.now()).toBe(startOfTime + 60_000);
    expect(startMarketplace({}, { journal }).marketplace.now()).toBe(startOfTime + 60_000);
  });
});
