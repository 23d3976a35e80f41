import type { Job, Step } from "#local/simulator/worker/job.ts";
import type { VehicleType } from "#shared/contracts/vehicle-types.ts";
import type { Fault, JobFault } from "./faults.ts";
import type { Json, JsonObject } from "./json.ts";
import { defaultQuirks, type QuirkValues } from "./quirks.ts";
import { defaultSettings, type Settings, type SettingsPatch } from "./settings.ts";
import type { Tokens } from "./tokens.ts";

export type Action = "create" | "update" | "bump" | "boost" | "handle_media" | "publish" | "delete" | "unpublish";
export type ActionState = "processing" | "done" | "error";

export interface LogEntry {
  requestId: string;
  /** When it happened, in ms; it may have become visible later. */
  at: number;
  action: Action;
  state: ActionState;
  message: Json;
}

/** What one accepted request still asks of the ad's worker. */
export interface Task {
  requestId: string;
  root: "create" | "update" | "delete" | "bump" | "boost";
  /** The ad's document as it was after this request. */
  document: JsonObject;
  hasNewMedia: boolean;
  fault: JobFault | null;
  /** Its work leaves no line in the log. */
  isSilent?: boolean;
}

/** What is kept of an image; its checksum and address are made from the URL whenever they are shown. */
export interface ImageRef {
  url: string;
  id: string;
}

/** The row as it was before a later write; listed under the quirk `rowsPerSourceId: per-write`. */
export interface EarlierRow {
  document: JsonObject;
  state: "created" | "deleted";
  updatedAt: number;
  replacedAt: number;
}

export interface StoredAd {
  id: string;
  sourceId: string;
  dealerCode: string;
  vehicleType: VehicleType;
  /** Where it is not the one of its type: under the quirk `boatCategories`. */
  categoryId?: number;
  /** Of an ad of V3, until V4 has taken it over; its `vehicleType` is then one that it may become. */
  v3CategoryId?: number;
  /** The id that the ad had in Blocket Admin before the API took it over. */
  adminAdId?: string;
  state: "created" | "deleted";
  /** A DELETE was accepted that no later write revokes. */
  isDeleteAccepted: boolean;
  /** As accepted, merged and cleared; never changed in place. */
  document: JsonObject;
  /** What visitors of the marketplace see; null while the ad is not live. */
  liveDocument: JsonObject | null;
  imageRefs: ImageRef[];
  blocketAdId: string | null;
  offerId: string | null;
  polePositionUntil: number | null;
  createdAt: number;
  updatedAt: number;
  /** Ascending by `at`. */
  log: LogEntry[];
  earlierRows: EarlierRow[];
  /** In order of acceptance; the first one is being worked on once `steps` is not empty. */
  tasks: Task[];
  /** The request of the newest task ever accepted. */
  lastRequestId: string | null;
  steps: Step[];
}

export interface AdminAd {
  dealerCode: string;
  registrationNumber: string;
  blocketAdId: string;
}

/** One request received; `status` is null when it got no answer. */
export interface RequestRecord {
  at: string;
  method: string;
  path: string;
  query: string;
  status: number | null;
}

/** Everything the simulator knows: plain JSON but for the map, so that it can be written down and read back. */
export interface MarketplaceState {
  /** The latest instant seen, in ms; it never goes back. */
  now: number;
  /** How far the marketplace was moved ahead of its clock, in ms. */
  aheadMs: number;
  random: number;
  publishedCount: number;
  settings: Settings;
  quirks: QuirkValues;
  tokens: Tokens;
  faults: Fault[];
  /** Tokens that a fault has revoked: until when, or null for ever. */
  revocations: Record<string, number | null>;
  /** By token, the second in which it asked last, and how often in it. Kept only while requests are limited. */
  throttles: Record<string, { second: number; count: number }>;
  charges: { bump: number; pole_position: number };
  /** Ads made by hand in Blocket Admin, which the API does not show. */
  adminAds: AdminAd[];
  /** Ascending by due time, then in order of scheduling. */
  jobs: Job[];
  /** The latest ones, oldest first; up to twice as many as are shown. */
  requests: RequestRecord[];
  /** By `adKey`, in order of creation. */
  ads: Map<string, StoredAd>;
}

export function createState(seed: number, tokens: Tokens, patch: SettingsPatch = {}): MarketplaceState {
  const state: MarketplaceState = {
    now: 0,
    aheadMs: 0,
    random: seed | 0,
    publishedCount: 0,
    settings: { ...defaultSettings },
    quirks: { ...defaultQuirks },
    tokens,
    faults: [],
    revocations: {},
    throttles: {},
    charges: { bump: 0, pole_position: 0 },
    adminAds: [],
    jobs: [],
    requests: [],
    ads: new Map(),
  };
  changeSettings(state, patch);
  return state;
}

export function changeSettings(state: MarketplaceState, { quirks, ...settings }: SettingsPatch): void {
  state.settings = { ...state.settings, ...settings };
  state.quirks = { ...state.quirks, ...quirks };
}

/** As many requests as the control interface remembers: the latest ones. */
export const mostRequests = 10_000;

/** Enters requests into the record. It is cut only now and then, as to do so each time would cost most of the work. */
export function recordRequests(state: MarketplaceState, requests: readonly RequestRecord[]): void {
  state.requests.push(...requests);
  if (state.requests.length >= 2 * mostRequests) state.requests = state.requests.slice(-mostRequests);
}

/** `source_id` is unique within a dealer only. */
export function adKey(dealerCode: string, sourceId: string): string {
  return `${dealerCode}\n${sourceId}`;
}
