import { createHmac } from "node:crypto";
import fc from "fast-check";
import type { Sources } from "#shared/contracts/secrets.ts";
import { now } from "#test/function/receive/front-door.ts";
import { bodies } from "./draw-bodies.ts";

const secretOf = (byte: number) => `whsec_${Buffer.alloc(32, byte).toString("base64")}`;
const apiKey = "a-key-for-the-fuzzer-0123456789-abcdef";
const login = { username: "fuzzer", password: "a password of the fuzzer" };
const unlimited = { listingIds: "uuid", requestsPerSecond: 1e9 } as const;

export const fuzzedSources: Sources = {
  dms: { secrets: [secretOf(1), secretOf(2)], dealers: ["DEMO"], ...unlimited },
  other: { secrets: [secretOf(3)], dealers: ["OTHER"], ...unlimited },
  keyed: { secrets: [], apiKeys: [apiKey], basicLogins: [login], dealers: ["DEMO"], ...unlimited },
};

type Headers = Record<string, string | undefined>;
export type Request = { source: string; query: string; headers: Headers; body: Buffer; isBase64Encoded: boolean };
export type Drawn = { request: Request; isAuthentic: boolean; about: string };

const contentTypes = [
  ...Array<string>(6).fill("application/json"),
  "application/cloudevents+json; charset=utf-8",
  "application/cloudevents-batch+json",
  'APPLICATION/JSON;charset="UTF-8"',
];
const oddHeaders: fc.Arbitrary<Headers> = fc.oneof(
  { weight: 30, arbitrary: fc.constant<Headers>({}) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Headers>(
      { prefer: "handling=strict" },
      { "content-encoding": "gzip" },
      { "content-type": undefined },
      { "content-type": "text/plain" },
      { "content-type": "application/json; charset=latin1" },
      { "ce-specversion": "1.0", "ce-id": "1" },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.dictionary(
      fc.constantFrom("content-type", "content-encoding", "prefer", "x-api-key", "authorization", "traceparent"),
      fc.string({ unit: "binary", maxLength: 50 }),
    ),
  },
);
const queries = fc.oneof(
  { weight: 8, arbitrary: fc.constant("") },
  { weight: 2, arbitrary: fc.constantFrom("dry-run", "dry-run=true", "dry-run=perhaps", "x=%ZZ&dry-run=false") },
  { weight: 1, arbitrary: fc.string({ maxLength: 30 }) },
);

function sign(body: Buffer, { id, at, secret }: { id: string; at: number; secret: string }): Headers {
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${at}.`).update(body).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": String(at), "webhook-signature": `v1,${signature}` };
}

const proofs = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.stringMatching(/^[\w.-]{1,30}$/), fc.integer({ min: -299, max: 299 }), fc.constantFrom(1, 2))
      .map(([id, shift, byte]) => ({
        source: "dms",
        prove: (body: Buffer) => sign(body, { id, at: now / 1000 + shift, secret: secretOf(byte) }),
      })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom<Headers>(
        { "x-api-key": apiKey },
        { authorization: `Basic ${Buffer.from(`${login.username}:${login.password}`).toString("base64")}` },
      )
      .map((headers) => ({ source: "keyed", prove: () => headers })),
  },
);

const noKeys: Headers = { "x-api-key": undefined, authorization: undefined };

const authentic: fc.Arbitrary<Request> = fc
  .tuple(bodies, proofs, oddHeaders, fc.constantFrom(...contentTypes), queries)
  .map(([body, { source, prove }, odd, contentType, query]) => ({
    source,
    query,
    // The proof last: nothing odd may stand in its place, and what is given beside a key would be judged with it.
    headers: { "content-type": contentType, ...odd, ...(source === "keyed" ? noKeys : {}), ...prove(body) },
    body,
    isBase64Encoded: true,
  }));

const flipped = (body: Buffer, at: number, bit: number) => {
  const changed = Buffer.from(body.length === 0 ? " " : body);
  const place = at % changed.length;
  changed[place] = (changed[place] ?? 0) ^ (1 << bit);
  return changed;
};
const replaced = (text: string, at: number, by: string) => {
  const place = at % text.length;
  return `${text.slice(0, place)}${text[place] === by ? `${by}${by}` : by}${text.slice(place + 1)}`;
};

/** Ways to make an authentic, signed request one that its source never sent. */
const forgeries: ((request: Request, at: number, bit: number) => Partial<Request>)[] = [
  ({ body }, at, bit) => ({ body: flipped(body, at, bit) }),
  ({ body }) => ({ body: Buffer.concat([body, Buffer.from(" ")]) }),
  ({ body }) => ({ body: body.length > 0 ? body.subarray(0, -1) : Buffer.from("{}") }),
  ({ headers }, at) => ({ headers: { ...headers, "webhook-id": replaced(String(headers["webhook-id"]), at, "x") } }),
  ({ headers }, at) => ({
    headers: { ...headers, "webhook-timestamp": String(Number(headers["webhook-timestamp"]) + 1 + (at % 1_000)) },
  }),
  ({ headers }, at) => ({
    headers: { ...headers, "webhook-signature": replaced(String(headers["webhook-signature"]), at, "A") },
  }),
  ({ headers }) => ({
    headers: { ...headers, "webhook-signature": `v2${String(headers["webhook-signature"]).slice(2)}` },
  }),
  ({ headers }) => ({
    headers: { ...headers, "webhook-signature": String(headers["webhook-signature"]).slice(0, -1) },
  }),
  ({ headers }) => ({ headers: { ...headers, "webhook-signature": undefined } }),
  ({ headers }) => ({ headers: { ...headers, "webhook-id": undefined } }),
  ({ headers, body }) => ({ headers: { ...headers, ...sign(body, { id: "x", at: now / 1000, secret: secretOf(9) }) } }),
  ({ headers, body }) => ({ headers: { ...headers, ...sign(body, { id: "x", at: now / 1000, secret: secretOf(3) }) } }),
  ({ headers, body }) => ({
    headers: { ...headers, ...sign(body, { id: "x", at: now / 1000 - 301, secret: secretOf(1) }) },
  }),
  ({ headers, body }) => ({
    headers: { ...headers, ...sign(body, { id: "x", at: now / 1000 + 301, secret: secretOf(1) }) },
  }),
  ({ headers }) => ({ headers: { ...headers, "webhook-signature": undefined, "x-api-key": apiKey } }),
  ({ headers }) => ({ headers: { ...headers, "webhook-signature": "v1,", "x-api-key": secretOf(1) } }),
  () => ({ source: "other" }),
  () => ({ source: "keyed" }),
  () => ({ source: "__proto__" }),
];

const signed = authentic.filter(({ source }) => source === "dms");
const forged = fc
  .tuple(signed, fc.nat(forgeries.length - 1), fc.nat(), fc.nat(7))
  .map(([request, way, at, bit]) => ({ ...request, ...forgeries[way]?.(request, at, bit), way }));
const wrongKeys = fc
  .tuple(authentic, fc.nat(), fc.constantFrom("x-api-key", "authorization"))
  .filter(([{ source, headers }, , name]) => source === "keyed" && headers[name] !== undefined)
  .map(([request, at, name]) => ({
    ...request,
    headers: { ...request.headers, [name]: replaced(String(request.headers[name]), at, "~") },
  }));

/** A request as a source sends it, or as somebody else does who would like to be one. */
export const drawnRequests: fc.Arbitrary<Drawn> = fc.oneof(
  { weight: 6, arbitrary: authentic.map((request) => ({ request, isAuthentic: true, about: "authentic" })) },
  {
    weight: 3,
    arbitrary: forged.map(({ way, ...request }) => ({ request, isAuthentic: false, about: `forgery ${way}` })),
  },
  { weight: 1, arbitrary: wrongKeys.map((request) => ({ request, isAuthentic: false, about: "wrong key" })) },
);
