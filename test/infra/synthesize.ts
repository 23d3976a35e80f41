import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { App, type Stack } from "aws-cdk-lib";
import { addStage } from "#cdk/add-stage.ts";
import { projectRoot } from "#cdk/bundle.ts";
import { productionSettings, type StageSettings } from "#cdk/stages.ts";

/** A resource as it stands in a template. */
export type Resource = {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template's properties have no type; a wrong path fails the assertion.
  Properties: any;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
};

export type Resources = Record<string, Resource>;

type AppOptions = { bundling?: boolean; libraryRules?: boolean };

/**
 * An app with the context that `cdk.json` gives the real one. Unless told, without bundling, and without the library's own
 * rules, which take most of the time of a synthesis: a program of several megabytes judges each template.
 */
export function createApp(outdir: string, { bundling = false, libraryRules = false }: AppOptions = {}): App {
  const { context } = JSON.parse(readFileSync(resolve(projectRoot, "cdk.json"), "utf8"));
  const inTests = {
    // The report is noise between tests.
    "@aws-cdk/core:annotationsInValidationReport": false,
    ...(bundling ? {} : { "aws:cdk:bundling-stacks": [] }),
  };
  return new App({ outdir, builtinCloudFormationValidation: libraryRules, context: { ...context, ...inTests } });
}

/** A stage as it would be deployed but for the code: the resources of both stacks by logical id, and what synthesis warns of. */
export type Synthesized = { kept: Resources; bridge: Resources; warnings: string[] };

export function synthesize(settings: StageSettings = productionSettings): Synthesized {
  const folder = mkdtempSync(join(tmpdir(), "blocket-bridge-infra-"));
  try {
    const { kept, bridge } = addStage(createApp(folder), settings);
    return {
      kept: resourcesOf(kept),
      bridge: resourcesOf(bridge),
      warnings: [kept, bridge].flatMap(warningsOf),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The resources of one stack by logical id. The first call synthesizes the whole app. */
export function resourcesOf(stack: Stack): Resources {
  const app = stack.node.root as App;
  return app.synth().getStackArtifact(stack.artifactId).template.Resources;
}

function warningsOf(stack: Stack): string[] {
  const { messages } = (stack.node.root as App).synth().getStackArtifact(stack.artifactId);
  return messages.filter(({ level }) => level === "warning").map(({ entry }) => String(entry.data));
}

/** The resources of one type. */
export function ofType(resources: Resources, type: string): Resources {
  return Object.fromEntries(Object.entries(resources).filter(([, resource]) => resource.Type === type));
}

/** The logical id that a `Ref` or `Fn::GetAtt` points to. */
export function referred(value: { Ref?: string; "Fn::GetAtt"?: [string, string] }): string {
  const id = value.Ref ?? value["Fn::GetAtt"]?.[0];
  if (id === undefined) {
    throw new Error(`not a reference: ${JSON.stringify(value)}`);
  }
  return id;
}
