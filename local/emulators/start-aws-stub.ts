import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { AwsFault, answerAwsJson, type Operation } from "./aws-json.ts";
import { openDeliveryLog } from "./delivery-log.ts";
import {
  type Delivery,
  entryBytes,
  entryFault,
  mostBytes,
  mostEntries,
  type PutEntry,
  toDelivery,
} from "./event-bus-rules.ts";
import { localClient } from "./local-client.ts";

/** A rule on the bus with its target. Both are given the event as EventBridge would hand it over. */
export type BusRule = { matches(delivery: Delivery): boolean; deliver(delivery: Delivery): void };

/**
 * `works`. `refuses`: its policy denies whoever puts events. `swallows`: it takes events, and no rule brings them anywhere, as
 * when its rules are gone or a target's policy was broken.
 */
export const busMoods = ["works", "refuses", "swallows"] as const;
export type BusMood = (typeof busMoods)[number];

export type AwsStub = {
  endpoint: string;
  /** All that was put on the bus, taken, and matched by no rule, oldest first. */
  deliveries(): readonly Delivery[];
  /** Called with each delivery from now on; the answer ends it. */
  subscribe(listener: (delivery: Delivery) => void): () => void;
  /** What the rule matches goes to it alone from now on, and is not kept here; the answer takes the rule away. */
  addRule(rule: BusRule): () => void;
  setSecret(id: string, json: string): void;
  /** What becomes of the events put on it from now on. */
  setBusMood(mood: BusMood): void;
  close(): Promise<void>;
};

export type AwsStubOptions = {
  dir?: string;
  port?: number;
  /** Name of a secret → its JSON. */
  secrets?: Readonly<Record<string, string>>;
  /** The buses there are; all that one could name unless told. As on AWS, what is put on another is taken, and lost. */
  buses?: readonly string[];
  /** For tests: the code of an error that a whole PutEvents call is refused with, or null. */
  failsCall?: () => string | null;
  /** For tests: makes one entry fail as if EventBridge had an inner fault. */
  refuses?: (entry: PutEntry) => boolean;
  /** For tests: another limit for the size of one call. */
  mostBytes?: number;
};

const denied =
  "User is not authorized to perform: events:PutEvents on this event bus with an explicit deny in a resource-based policy";

/** EventBridge's PutEvents and Secrets Manager's GetSecretValue and PutSecretValue in one small server; both speak AWS JSON 1.1. */
export async function startAwsStub(options: AwsStubOptions = {}): Promise<AwsStub> {
  const log = openDeliveryLog(options.dir);
  const listeners = new Set<(delivery: Delivery) => void>();
  const secrets = new Map(Object.entries(options.secrets ?? {}));
  const rules = new Set<BusRule>();
  const take = (added: Delivery[]) => {
    const kept = added.filter((delivery) => !runRules(rules, delivery));
    log.append(kept);
    for (const delivery of kept) {
      for (const listener of listeners) {
        listener(delivery);
      }
    }
  };
  let busMood: BusMood = "works";
  const operations: Record<string, Operation> = {
    "AWSEvents.PutEvents": (input) => {
      if (busMood === "refuses") {
        throw new AwsFault("AccessDeniedException", denied);
      }
      return putEvents(input, { options, take: busMood === "swallows" ? () => {} : take });
    },
    "secretsmanager.GetSecretValue": (input) => getSecretValue(input, secrets),
    "secretsmanager.PutSecretValue": (input) => putSecretValue(input, secrets),
  };
  const server = createServer((request, response) => void answerAwsJson({ request, response, operations }));
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    deliveries: () => log.deliveries,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    addRule: (rule) => {
      rules.add(rule);
      return () => void rules.delete(rule);
    },
    setSecret: (id, json) => void secrets.set(id, json),
    setBusMood: (mood) => {
      busMood = mood;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** Whether any rule took it. */
function runRules(rules: ReadonlySet<BusRule>, delivery: Delivery): boolean {
  const matching = [...rules].filter((rule) => rule.matches(delivery));
  for (const rule of matching) {
    rule.deliver(delivery);
  }
  return matching.length > 0;
}

function putEvents(
  input: Record<string, unknown>,
  { options, take }: { options: AwsStubOptions; take(added: Delivery[]): void },
) {
  const failure = options.failsCall?.() ?? null;
  if (failure !== null) {
    throw new AwsFault(failure, "the call failed, as the test wants it");
  }
  const entries = Array.isArray(input.Entries) ? (input.Entries as PutEntry[]) : [];
  if (entries.length < 1 || entries.length > mostEntries) {
    throw new AwsFault(
      "ValidationException",
      `${entries.length} entries: must have length between 1 and ${mostEntries}`,
    );
  }
  if (entries.reduce((sum, entry) => sum + entryBytes(entry), 0) >= (options.mostBytes ?? mostBytes)) {
    throw new AwsFault("ValidationException", "Total size of the entries in the request is over the limit.");
  }
  const taken: { bus: string; delivery: Delivery }[] = [];
  const results = entries.map((entry) => {
    const inner = { ErrorCode: "InternalFailure", ErrorMessage: "an inner fault, as the test wants it" };
    const fault = options.refuses?.(entry) ? inner : entryFault(entry);
    if (fault !== null) {
      return fault;
    }
    const given = { id: randomUUID(), region: localClient("").region, now: Date.now() };
    taken.push({ bus: entry.EventBusName ?? "default", delivery: toDelivery(entry, given) });
    return { EventId: given.id };
  });
  take(taken.flatMap(({ bus, delivery }) => (options.buses?.includes(bus) === false ? [] : [delivery])));
  return { FailedEntryCount: entries.length - taken.length, Entries: results };
}

function putSecretValue(input: Record<string, unknown>, secrets: Map<string, string>) {
  const id = String(input.SecretId);
  if (!secrets.has(id)) {
    throw new AwsFault("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
  }
  secrets.set(id, String(input.SecretString));
  return { ...nameSecret(id), VersionStages: ["AWSCURRENT"] };
}

function getSecretValue(input: Record<string, unknown>, secrets: ReadonlyMap<string, string>) {
  const id = String(input.SecretId);
  const value = secrets.get(id);
  if (value === undefined) {
    throw new AwsFault("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
  }
  return { ...nameSecret(id), VersionStages: ["AWSCURRENT"], SecretString: value };
}

function nameSecret(id: string) {
  return { ARN: `arn:aws:secretsmanager:${localClient("").region}:000000000000:secret:${id}`, Name: id };
}
