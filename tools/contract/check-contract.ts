import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AdEventType } from "#shared/contracts/ad-event.ts";
import { adEventJsonSchema, adEventTypes } from "./ad-event-schemas.ts";
import { buildContract, openApiFile, projectRoot, schemaFile } from "./build-contract.ts";
import { type Direction, findBreaks } from "./find-breaks.ts";
import type { JsonSchema } from "./json-schemas.ts";
import { type KeptContract, keptContracts } from "./kept-contracts.ts";
import { answerSchemas, openApiDocument } from "./open-api.ts";

/** The files of the contract that are not as the source has it. */
export async function findStale(): Promise<string[]> {
  return [...(await buildContract())].filter(([path, content]) => readNow(path) !== content).map(([path]) => path);
}

function readNow(path: string): string | null {
  try {
    return readFileSync(join(projectRoot, path), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return null;
    }
    throw error;
  }
}

/** Without a name: a reference to one, as earlier documents have them. */
type Parameter = { name?: string; required?: boolean; schema?: JsonSchema };
/** Bodies of a request or an answer, by media type. */
type Content = { content?: Record<string, { schema?: JsonSchema }> };
type Operation = { parameters?: Parameter[]; requestBody?: Content; responses?: Record<string, Content> };
type OpenApi = {
  security?: unknown[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, JsonSchema> };
};

/** What the contract, as the source has it now, takes from those who go by one that a version published. */
export function findBreaksSinceKept(folder?: string): string[] {
  return keptContracts(folder).flatMap((kept) => findBreaksSince(kept).map((text) => `${kept.version}: ${text}`));
}

function findBreaksSince({ read }: KeptContract): string[] {
  const before = read(openApiFile);
  if (before === null) {
    return ["its contract is not kept: npm run golden keeps it"];
  }
  const api = compare(JSON.parse(before) as OpenApi, openApiDocument() as OpenApi);
  return [...api, ...adEventTypes.flatMap((type) => adEventBreaks(type, read(schemaFile(type))))];
}

/** A listener goes by what an ad event is certain to hold. */
function adEventBreaks(type: AdEventType, before: string | null): string[] {
  if (before === null) {
    return [];
  }
  const found = findBreaks(JSON.parse(before) as JsonSchema, adEventJsonSchema(type), { direction: "out" });
  return found.map((text) => `${type}: ${text}`);
}

export function compare(before: OpenApi, now: OpenApi): string[] {
  const endpoints = Object.entries(before.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const present = now.paths[path]?.[method];
      const found = present === undefined ? ["is removed"] : compareOperations(operation, present);
      return found.map((text) => `${method.toUpperCase()} ${path} ${text}`);
    }),
  );
  const schemas = Object.entries(before.components.schemas).flatMap(([name, schema]) => {
    const direction = Object.hasOwn(answerSchemas, name) ? "out" : "in";
    return findBreaks(schema, now.components.schemas[name], { direction }).map((text) => `${name}: ${text}`);
  });
  return [...lostProofs(before, now), ...endpoints, ...schemas];
}

function compareOperations(before: Operation, now: Operation): string[] {
  const { responses = {}, parameters = [] } = before;
  const lost = Object.keys(responses).filter((status) => !Object.hasOwn(now.responses ?? {}, status));
  const find = (some: Parameter[] | undefined, wanted: Parameter) => some?.find(({ name }) => name === wanted.name);
  const gone = parameters.filter(
    (parameter) => parameter.name !== undefined && find(now.parameters, parameter) === undefined,
  );
  const demanded = (now.parameters ?? []).filter(
    (parameter) => parameter.required && !find(parameters, parameter)?.required,
  );
  return [
    ...lost.map((status) => `no longer answers ${status}`),
    ...gone.map(({ name }) => `no longer knows ${name}`),
    ...demanded.map(({ name }) => `newly requires ${name}`),
    ...parameters.flatMap((parameter) => {
      const schema = find(now.parameters, parameter)?.schema;
      return schema === undefined
        ? []
        : findBreaks(parameter.schema ?? {}, schema, { at: `${parameter.name}`, direction: "in" });
    }),
    ...compareContents(before.requestBody, now.requestBody, { at: "body", direction: "in" }),
    ...Object.entries(responses).flatMap(([status, answer]) =>
      compareContents(answer, now.responses?.[status] ?? answer, { at: status, direction: "out" }),
    ),
  ];
}

type Place = { at: string; direction: Direction };

function compareContents(before: Content | undefined, now: Content | undefined, { at, direction }: Place): string[] {
  return Object.entries(before?.content ?? {}).flatMap(([mediaType, { schema = {} }]) => {
    const present = now?.content?.[mediaType];
    return present === undefined
      ? [`${at} no longer comes as ${mediaType}`]
      : findBreaks(schema, present.schema ?? {}, { at: `${at} ${mediaType}`, direction });
  });
}

/** Each way to prove oneself that a sender may go by has to stay one. */
function lostProofs(before: OpenApi, now: OpenApi): string[] {
  const taken = (now.security ?? []).map((proof) => JSON.stringify(proof));
  const lost = (before.security ?? []).map((proof) => JSON.stringify(proof)).filter((proof) => !taken.includes(proof));
  return lost.map((proof) => `${proof} is no longer a proof`);
}
