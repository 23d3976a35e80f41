import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { generateApi } from "swagger-typescript-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Simulator, startSimulator } from "#local/simulator/server.ts";

/** A client as an integrator would write it: its mistakes are marked, and must be found by the compiler. */
const clientSource = `
import { Api } from "./api.ts";

export async function liveOnce(url: string) {
  const securityWorker = () => ({ headers: { "X-Auth-Token": "sandbox-token" } });
  const api = new Api({ baseUrl: url + "/pro-import-api", securityWorker });
  const fields = { brand: "volvo", model: "v60", model_year: 2019, registration_number: "ABC123" };
  const price = { type: "list" as const, amount: 189000, currency: "SEK" as const };
  const ad = { source_id: "typed-1", dealer_code: "DEMO", category_id: 1020 as const, category_fields: fields };
  const created = await api.v4.createCar({ ...ad, price: [price] });
  const read = await api.v4.getCar({ sourceId: "typed-1" });
  const deleted = await api.v4.deleteCar({ sourceId: "typed-1" });
  const page = await api.v4.listAd({ source_id__in: "typed-1", ordering: "-created" });
  const refusal = await api.v4.createCar(ad).catch((answer: { error: unknown }) => answer.error);
  const state: "created" | "deleted" = deleted.data.state;
  return { created: created.data.id, read: read.data.id, state, count: page.data.count, refusal };
}

export function mistakes(api: Api<unknown>) {
  // @ts-expect-error source_id is needed
  void api.v4.createCar({ category_id: 1020, category_fields: { model_year: 2019 } });
  // @ts-expect-error the category of a boat
  void api.v4.createCar({ source_id: "x", category_id: 1060, category_fields: { model_year: 2019 } });
  // @ts-expect-error no reduced price on POST
  void api.v4.createCar({ source_id: "x", category_id: 1020, category_fields: { model_year: 2019 }, price: [{ type: "reduced", amount: 1 }] });
  // @ts-expect-error a boat needs a title and a contact
  void api.v4.createBoat({ source_id: "x", category_id: 1060, category_fields: {} });
  // @ts-expect-error no such order
  void api.v4.listAd({ ordering: "price" });
}
`;

const compilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: "esnext",
  module: "esnext",
  moduleResolution: "bundler",
  allowImportingTsExtensions: true,
  lib: ["esnext", "dom", "dom.iterable"],
  types: [],
};

let simulator: Simulator;
let folder: string;

beforeAll(async () => {
  simulator = await startSimulator({ port: 0 });
  folder = await mkdtemp(join(tmpdir(), "typed-client-"));
});

afterAll(async () => {
  await simulator.close();
  await rm(folder, { recursive: true });
});

async function generateClient(): Promise<void> {
  const spec = await (await fetch(`${simulator.url}/pro-import-api/docs/openapi.json`)).json();
  const { files } = await generateApi({ spec, output: false, silent: true, extractRequestParams: true });
  for (const { fileContent } of files) await writeFile(join(folder, "api.ts"), fileContent);
  await writeFile(join(folder, "client.ts"), clientSource);
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["client.ts"] }));
}

describe("a client typed from the OpenAPI document", () => {
  it("type-checks, and creates, reads and deletes an ad", { timeout: 60_000 }, async () => {
    await generateClient();
    const compiler = resolve("node_modules/typescript/bin/tsc");
    const compiled = promisify(execFile)(process.execPath, [compiler, "-p", folder]);
    expect(await compiled.catch(({ stdout }) => ({ stdout }))).toMatchObject({ stdout: "" });

    const outfile = join(folder, "client.mjs");
    await build({ entryPoints: [join(folder, "client.ts")], bundle: true, format: "esm", platform: "node", outfile });
    const { liveOnce } = await import(pathToFileURL(outfile).href);
    const lived = await liveOnce(simulator.url);
    expect(lived).toEqual({
      created: expect.any(String),
      read: lived.created,
      state: "created",
      count: 1,
      refusal: { source_id: ["Ad with this source_id already exists."] },
    });
  });
});
