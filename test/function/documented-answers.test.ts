import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type * as z from "zod/mini";
import { problems as receiveProblems } from "#functions/receive/problems.ts";
import { RetryableError } from "#shared/contracts/errors.ts";
import { type ProblemSlug, problemKinds } from "#shared/contracts/problems.ts";
import { routes } from "#shared/contracts/routes.ts";
import { doorProblems } from "#shared/door/door-problems.ts";
import type { ProblemError } from "#shared/lambda/problem-error.ts";
import { sampleAd, sampleReceipt, volvo } from "#test/support/aws/sample-ads.ts";
import { carEvent, changed, removedEvent } from "#test/unit/contracts/inventory-samples.ts";
import { endpoints } from "#tools/contract/endpoints.ts";
import { answerSchemas, openApiDocument, publicPath } from "#tools/contract/open-api.ts";
import { apiKey, type Call, frontDoor, newSecret, now } from "./receive/front-door.ts";
import { statusDoor } from "./status/status-door.ts";

type Answer = { status: number | undefined; headers: Record<string, unknown> | undefined; body: { type?: string } };
type Documented = { headers?: Record<string, unknown>; content: Record<string, { schema: DocumentedSchema }> };
type DocumentedSchema = { $ref?: string; allOf?: { properties?: { type: { enum: string[] } } }[] };

const document = openApiDocument() as {
  paths: Record<string, Record<string, { responses: Record<string, Documented> }>>;
};

function documented(path: keyof typeof endpoints): Record<string, Documented> {
  const [operation] = Object.values(document.paths[publicPath(path)] ?? {});
  return operation?.responses ?? {};
}

/** What the document has for one answer of the code: the word of its problem, or the name of its schema. Throws for none. */
function find(path: keyof typeof endpoints, { status, headers = {}, body }: Answer): string {
  const response = documented(path)[String(status)];
  const schema = response?.content[String(headers["content-type"])]?.schema;
  const undocumented = Object.keys(headers).filter(
    (name) => name !== "content-type" && !Object.keys(response?.headers ?? {}).some((at) => at.toLowerCase() === name),
  );
  expect(undocumented).toEqual([]);
  const types = schema?.allOf?.flatMap(({ properties }) => properties?.type.enum ?? []);
  const name = types === undefined ? schema?.$ref?.split("/").at(-1) : "Problem";
  const known = answerSchemas[name ?? ""] as z.ZodMiniType | undefined;
  expect(known?.parse(body)).toEqual(body);
  return types === undefined ? String(name) : String(types.find((type) => type === body.type));
}

const everySlug = (slugs: readonly ProblemSlug[]) => slugs.map((slug) => `/problems/${slug}`).toSorted();
const key = { "x-api-key": apiKey };
const wrongKey = { "x-api-key": "x" };
const broken = (error: Error) => () => Promise.reject(error);

describe("what is documented of POST inventory-events is what the code answers", () => {
  const path = "/sources/{source}/inventory-events";
  const invalid = changed<unknown>(carEvent, ["data", "ad", "price", 0, "amount"], -1);
  const unsigned = { "Webhook-Signature": undefined };
  const car = { body: carEvent };
  const calls: Call[] = [
    car,
    { ...car, headers: { Prefer: "handling=strict" } },
    { ...car, query: "dry-run", headers: { Prefer: "handling=strict" } },
    { body: changed(carEvent, ["data", "ad", "body"], undefined), query: "dry-run" },
    { body: invalid },
    { body: "{" },
    { body: {} },
    { ...car, query: "dry-run=1" },
    { ...car, headers: unsigned },
    { ...car, signedAt: 0 },
    { ...car, signedBy: newSecret },
    { ...car, source: "keyed", headers: { ...unsigned, "X-Api-Key": "x" } },
    { ...car, source: "nobody" },
    { body: changed(carEvent, ["data", "dealerCode"], "OTHER") },
    { body: " ".repeat(256 * 1024 + 1) },
    { body: Array(101).fill(removedEvent) },
    { ...car, contentType: "text/plain" },
    { ...car, headers: { "Content-Encoding": "gzip" } },
    { body: gzipSync("{}").toString("latin1") },
    { ...car, headers: { "Ce-Specversion": "1.0" } },
    { body: invalid, headers: { Prefer: "handling=strict" } },
  ];

  it("each of them, and each as it is documented", async () => {
    const found = new Set<string>();
    for (const call of calls) {
      found.add(find(path, await frontDoor().post(call)));
    }
    const full = frontDoor();
    full.notQueued = [0];
    found.add(find(path, await full.post(car)));
    found.add(find(path, await frontDoor(() => ({ read: broken(new Error("a bug")) })).post(car)));
    const busy = frontDoor();
    const mixed = { ...car, source: "mixed" };
    for (let count = 0; count < 5; count++) {
      await busy.post(mixed);
    }
    found.add(find(path, await busy.post(mixed)));
    const successes = ["DryRunAnswers", "ItemAnswers"];
    expect([...found].toSorted()).toEqual([...everySlug(endpoints[path].refusals), ...successes].toSorted());
  });

  it("and the code has no problem beyond them", () => {
    const factories = Object.values({ ...receiveProblems, ...doorProblems }) as ((about: unknown) => ProblemError)[];
    const slugs = factories.map((make) => make([]).problem.slug);
    expect(endpoints[path].refusals).toEqual(expect.arrayContaining(slugs));
  });
});

describe("what is documented of the status of", () => {
  it.each([
    ["an event", routes[1].path, "inventory-events/evt-1", ["inventory-events/never"], "Receipt"],
    ["an item", routes[2].path, "items/DEMO/volvo-1", ["items/DEMO/never", "items/OTHER/x"], "Item"],
  ] as const)("%s is what the code answers", async (_, path, good, missing, success) => {
    const open = async () => {
      const door = statusDoor();
      await door.table.save(sampleAd(volvo), null);
      await door.table.writeReceipt(volvo, sampleReceipt({ source: "dms", eventId: "evt-1" }));
      return door;
    };
    const door = await open();
    const at = (source: string, place: string) => `/sources/${source}/${place}`;
    const stale = { "webhook-id": "1", "webhook-timestamp": String(now / 1000 - 301), "webhook-signature": "v1,x" };
    const answers = [
      await door.get(at("dms", good)),
      ...(await Promise.all(missing.map((place) => door.get(at("dms", place))))),
      await door.get(at("dms", good), { headers: {} }),
      await door.get(at("dms", good), { headers: stale }),
      await door.get(at("dms", good), { signs: "" }),
      await door.get(at("keyed", good), { headers: wrongKey }),
      await door.get(at("nobody", good), { headers: key }),
    ];
    await door.get(at("other", good));
    answers.push(await door.get(at("other", good)));
    for (const error of [new RetryableError("no table"), new Error("a bug")]) {
      const failing = await open();
      Object.assign(failing.table, {
        load: broken(error),
        ads: () => {
          throw error;
        },
      });
      answers.push(await failing.get(at("dms", good)));
    }
    const found = new Set(answers.map((answer) => find(path, answer)));
    expect([...found].toSorted()).toEqual([...everySlug(endpoints[path].refusals), success].toSorted());
  });
});

describe("the document", () => {
  it("has every problem that the code can make", () => {
    const all = Object.values(endpoints).flatMap(({ refusals }) => refusals);
    expect([...new Set(all)].toSorted()).toEqual(Object.keys(problemKinds).toSorted());
  });

  it("has every route, and each part of its path", () => {
    expect(Object.keys(document.paths)).toEqual(routes.map(({ path }) => publicPath(path)));
    for (const { path } of routes) {
      const names = endpoints[path].parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name);
      expect(names).toEqual([...publicPath(path).matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    }
  });
});
