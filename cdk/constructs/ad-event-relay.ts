import { CfnRule, EventBus } from "aws-cdk-lib/aws-events";
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import { adEventPattern, type WantedAdEvents } from "#cdk/constructs/ad-event-pattern.ts";

export type AdEventRelayProps = WantedAdEvents & {
  /** Of the stage's bus. Its stage has to name this account in `listenerAccounts`. */
  busArn: string;
  /** What the stage sets as `eventSource`: its bus takes no rule of another account that could match anything else. */
  eventSource: string;
};

/**
 * Ad events from the bus of another account to a bus of one's own, on which an `AdEventSubscription` then listens. The rule lies
 * on the other account's bus and belongs to this one.
 */
export class AdEventRelay extends Construct {
  readonly bus: EventBus;

  constructor(scope: Construct, id: string, { busArn, eventSource, ...wanted }: AdEventRelayProps) {
    super(scope, id);
    this.bus = new EventBus(this, "Bus", { description: "Ad events of the Blocket bridge" });
    const put = new PolicyStatement({ actions: ["events:PutEvents"], resources: [this.bus.eventBusArn] });
    const role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("events.amazonaws.com"),
      inlinePolicies: { relay: new PolicyDocument({ statements: [put] }) },
    });
    const { detailType, detail } = adEventPattern(wanted);
    // Not the library's Rule, which takes a bus for one of its own account and names it without its ARN.
    new CfnRule(this, "Rule", {
      description: "Ad events of the Blocket bridge, to the bus of a listener",
      eventBusName: busArn,
      eventPattern: { source: [eventSource], ...(detailType && { "detail-type": detailType }), detail },
      targets: [{ id: "Bus", arn: this.bus.eventBusArn, roleArn: role.roleArn }],
    });
  }
}
