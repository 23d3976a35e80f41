import { functionTimeouts } from "#cdk/function-timeouts.ts";
import type { StageFields } from "#cdk/stage-schema.ts";

/** Where real ads are: a stage that writes here is not a rehearsal. */
export const realMarketplace = "https://api.blocket.se/pro-import-api";

/** What settings mean together: where it stands, when it is wrong, and what it must be. */
type StageRule = { path: string[]; isBroken: (settings: StageFields) => boolean; demand: string };

/** What no field of a stage shows alone. Only asked where each field is right by itself. */
export const stageRules: readonly StageRule[] = [
  {
    path: ["name"],
    isBroken: ({ name }) => name.endsWith("-kept"),
    demand: 'must not end with "-kept", which is the other stack of a stage',
  },
  {
    path: ["marketplaceUrl"],
    isBroken: ({ marketplaceUrl }) => !isPlain(marketplaceUrl),
    demand: "must be a plain address: host in lower case, and no slash at its end, user, query or fragment",
  },
  {
    // The token goes with each call.
    path: ["marketplaceUrl"],
    isBroken: ({ marketplaceUrl, emulated }) => !emulated && !marketplaceUrl.startsWith("https:"),
    demand: "must begin with https:// unless emulated is true",
  },
  {
    path: ["emulated"],
    isBroken: ({ marketplaceUrl, emulated }) => emulated && hostOf(marketplaceUrl) === hostOf(realMarketplace),
    demand: "must be false where marketplaceUrl is the real marketplace",
  },
  namedOnce("watchedSources"),
  namedOnce("listenerAccounts"),
  timeToCall("submit"),
  timeToCall("poll"),
  atMost("retryFirstMs", "retryMostMs"),
  {
    // A delivery may have found the chain awake just before it fell asleep, and save when its own time is nearly over.
    path: ["waits", "chainForgetMs"],
    isBroken: ({ waits, emulated }) => !emulated && waits.chainForgetMs <= functionTimeouts.submit * 1_000,
    demand: `must be more than submit's ${functionTimeouts.submit} seconds`,
  },
  {
    // A round reads for as long, and then ends what it has begun.
    path: ["waits", "roundMs"],
    isBroken: ({ waits }) => waits.roundMs + 2 * waits.callMs >= functionTimeouts.poll * 1_000,
    demand: `and two of waits.callMs must be less than poll's ${functionTimeouts.poll} seconds`,
  },
];

const hostOf = (url: string) => new URL(url).hostname;

/** Written as the URL parser writes it, so that two texts are two addresses. */
function isPlain(text: string): boolean {
  const { origin, pathname } = new URL(text);
  return !text.endsWith("/") && text === origin + (pathname === "/" ? "" : pathname);
}

function namedOnce(list: "watchedSources" | "listenerAccounts"): StageRule {
  return {
    path: [list],
    isBroken: ({ [list]: names }) => new Set(names).size < names.length,
    demand: "must name each only once",
  };
}

/** All messages of a batch may be about one ad, and so call one after another. */
function timeToCall(name: "submit" | "poll"): StageRule {
  return {
    path: [name, "batchSize"],
    isBroken: ({ [name]: { batchSize }, waits }) => batchSize * waits.callMs >= functionTimeouts[name] * 1_000,
    demand: `times waits.callMs must be less than the function's ${functionTimeouts[name]} seconds`,
  };
}

function atMost(first: keyof StageFields["waits"], second: keyof StageFields["waits"]): StageRule {
  return {
    path: ["waits", first],
    isBroken: ({ waits }) => waits[first] > waits[second],
    demand: `must be at most waits.${second}`,
  };
}
