import type { Outcome } from "#local/simulator/exchange.ts";
import type { Journal } from "#local/simulator/journal.ts";
import { createMarketplace, type Marketplace } from "#local/simulator/marketplace.ts";
import type { SettingsPatch } from "#local/simulator/settings.ts";
import { sandboxTokens, type Tokens } from "#local/simulator/tokens.ts";

export const startOfTime = Date.parse("2025-01-15T10:00:00Z");

export interface Answer {
  kind: Outcome["kind"];
  status: number;
  headers: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: bodies are looked into freely, and a wrong look fails the test
  body: any;
}

export interface Fixture {
  marketplace: Marketplace;
  /** Calls as the group of DEMO and DEMO2 unless another token is given; `target` is a path with an optional query. */
  call(method: string, target: string, body?: unknown, headers?: Record<string, string>): Answer;
  wait(ms: number): void;
  now(): number;
  /** Moves the clock from job to job until none is left. */
  settle(): void;
}

function read(outcome: Outcome): Answer {
  if (outcome.kind !== "respond") return { kind: outcome.kind, status: 0, headers: {}, body: null };
  const { status, headers, body } = outcome;
  const isJson = headers["content-type"] === "application/json";
  return { kind: "respond", status, headers, body: isJson ? JSON.parse(body) : body };
}

export function startMarketplace(
  settings: SettingsPatch = {},
  options: { seed?: number; journal?: Journal; tokens?: Tokens } = {},
): Fixture {
  let now = startOfTime;
  const marketplace = createMarketplace({ clock: () => now, seed: 7, settings, tokens: sandboxTokens, ...options });
  return {
    marketplace,
    call: (method, target, body, headers = {}) => {
      const [path = "", query = ""] = target.split("?");
      const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
      const allHeaders = { "x-auth-token": "sandbox-token", "content-type": "application/json", ...headers };
      return read(marketplace.handle({ method, path, query, headers: allHeaders, body: text }));
    },
    wait: (ms) => {
      now += ms;
    },
    now: () => now,
    settle: () => {
      for (let at = marketplace.nextJobAt(); at !== null; at = marketplace.nextJobAt()) now = Math.max(now, at);
    },
  };
}

export const solo = { "x-auth-token": "sandbox-solo-token" };

/** A car that every rule accepts. */
export const car = {
  source_id: "car-1",
  dealer_code: "DEMO",
  category_id: 1020,
  body: "One owner.",
  price: [{ type: "list", amount: 189_000, currency: "SEK" }],
  image_urls: ["https://images.example/1.jpg", "https://images.example/2.jpg"],
  category_fields: { brand: "volvo", model: "v60", model_year: 2019, registration_number: "ABC123" },
};

/** A boat that every rule accepts. */
export const boat = {
  source_id: "boat-1",
  dealer_code: "DEMO",
  category_id: 1060,
  title: "Nimbus 3003",
  contact: { email: "sales@example.com", name: "Sales", phone: "+46700000000" },
  category_fields: { brand: "nimbus", model_year: 2004 },
};

/** `create processing`, `create done`… of an ad as the API shows its log. */
export function logOf(fixture: Fixture, sourceId: string): string[] {
  const { body } = fixture.call("GET", `/v4/ad/${sourceId}`);
  return body.log.map((entry: { action: string; state: string }) => `${entry.action} ${entry.state}`);
}
