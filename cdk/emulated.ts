import { Aspects, CfnResource } from "aws-cdk-lib";
import type { IConstruct } from "constructs";

/** A type of resource; with a property, only those resources of the type that have it. */
export type Lacking = { type: string; property?: string };

type TemplateResource = { Type: string; Properties?: Record<string, unknown> };

/**
 * What the emulated account of `npm run test:deploy` cannot create, and nothing else: alarms over an expression, the bus's
 * archive, and the bus's policy. It takes alarms over one metric.
 */
export const lackingResources: readonly Lacking[] = [
  { type: "AWS::CloudWatch::Alarm", property: "Metrics" },
  { type: "AWS::Events::Archive" },
  { type: "AWS::Events::EventBusPolicy" },
];

/** Whether a resource, as a template has it, is one that the emulator lacks. */
export function isLacking({ Type, Properties = {} }: TemplateResource): boolean {
  return lackingResources.some(
    ({ type, property }) => type === Type && (property === undefined || Properties[property] !== undefined),
  );
}

/** Leaves out of the templates what the emulator lacks. */
export function leaveOutLacking(scope: IConstruct): void {
  Aspects.of(scope).add({ visit: removeIfLacking });
}

function removeIfLacking(node: IConstruct): void {
  if (!CfnResource.isCfnResource(node) || !lackingResources.some(({ type }) => type === node.cfnResourceType)) {
    return;
  }
  // Only what will stand in the template tells which properties there are.
  const template: { Resources: Record<string, TemplateResource> } = node.stack.resolve(node._toCloudFormation());
  if (Object.values(template.Resources).some(isLacking)) {
    node.node.scope?.node.tryRemoveChild(node.node.id);
  }
}
