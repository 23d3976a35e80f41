import type { Context } from "#shared/ad/context.ts";
import { admit, anyToken, judge, type Lane, type Verdict } from "#shared/ad/lane.ts";
import type { Waits } from "#shared/contracts/waits.ts";
import type { Circumstances, LaneTable, Tokens } from "./ports.ts";

export type LanePorts = {
  lanes: LaneTable;
  tokens: Tokens;
  circumstances: Circumstances;
  waits: Waits;
  logLane: (line: LaneLog) => void;
};

/** One line each time a lane closes or opens. `dealerCode` null: all of the token's. */
export type LaneLog = { tokenId: string; dealerCode: string | null; outcome: "closed" | "opened"; reason: string };

/** Whose calls: those with one token for one dealer, or for all its dealers at once (null). */
export type LaneName = { tokenId: string; dealerCode: string | null };

/** Whether a call may be made. `isFaulty`: something was wrong with the lane, and the call is to mend or to prove it. */
export type Passage = { kind: "open"; isFaulty: boolean } | { kind: "closed"; until: number };

/**
 * Asks for the way through a lane. A closed lane stops calls, never messages. Where the call is the probe, that has been
 * claimed when this returns: who asks must make a call, and note what it says.
 */
export async function passLane(ports: LanePorts, name: LaneName): Promise<Passage> {
  const concerned = await loadConcerned(ports, name);
  if (concerned.length === 0) {
    return { kind: "open", isFaulty: false };
  }
  const version = await ports.tokens.versionOf(name.tokenId);
  const context = contextOf(ports);
  const admissions = concerned.map((lane) => admit(lane, version, context));
  const closed = admissions.find(({ kind }) => kind === "closed");
  if (closed?.kind === "closed") {
    return closed;
  }
  for (const admission of admissions) {
    if (admission.kind === "probe" && (await ports.lanes.save(admission.claimed)) === "conflict") {
      return { kind: "closed", until: context.now + ports.waits.laneClosedMs };
    }
  }
  return { kind: "open", isFaulty: true };
}

/** A dealer's pause lies apart from the lanes of any token. Rounds of `poll` go on: what was written is still read. */
async function loadConcerned({ lanes }: LanePorts, name: LaneName): Promise<Lane[]> {
  const tokenIds = name.dealerCode === null ? [name.tokenId] : [name.tokenId, anyToken];
  const loaded = await Promise.all(tokenIds.map((tokenId) => lanes.load(tokenId)));
  return loaded.flat().filter((lane) => concerns(lane, name));
}

function concerns(lane: Lane, { dealerCode }: LaneName): boolean {
  return lane.dealerCode === null || lane.dealerCode === dealerCode;
}

/**
 * Notes what a call says of its lane. A dead token closes the lanes of all its dealers, unless it has been replaced
 * meanwhile. Of two notes at the same time one is enough.
 */
export async function noteVerdict(ports: LanePorts, name: LaneName, verdict: Verdict): Promise<void> {
  if (verdict === "unclear") {
    return;
  }
  const lanes = await ports.lanes.load(name.tokenId);
  if (verdict === "good") {
    await Promise.all(lanes.filter((lane) => concerns(lane, name)).map((lane) => open(ports, lane)));
    return;
  }
  const tokenVersion = await ports.tokens.versionOf(name.tokenId);
  if (verdict === "unauthorized" && (await ports.tokens.versionOf(name.tokenId, { fresh: true })) !== tokenVersion) {
    return;
  }
  const dealerCode = verdict === "unauthorized" ? null : name.dealerCode;
  const known = lanes.find((lane) => lane.dealerCode === dealerCode);
  const fresh: Lane = { ...name, dealerCode, failures: 0, closedUntil: null, reason: null, tokenVersion, revision: 0 };
  const judged = judge(known ?? fresh, verdict, contextOf(ports));
  if (judged === null || (await ports.lanes.save(judged)) === "conflict") {
    return;
  }
  if (judged.closedUntil !== null && (known?.closedUntil ?? null) === null) {
    ports.logLane({ tokenId: name.tokenId, dealerCode, outcome: "closed", reason: judged.reason ?? verdict });
  }
}

async function open({ lanes, logLane }: LanePorts, lane: Lane): Promise<void> {
  if ((await lanes.remove(lane)) === "saved" && lane.closedUntil !== null) {
    logLane({ tokenId: lane.tokenId, dealerCode: lane.dealerCode, outcome: "opened", reason: lane.reason ?? "" });
  }
}

function contextOf({ circumstances, waits }: LanePorts): Context {
  return { ...circumstances, now: circumstances.now(), waits };
}
