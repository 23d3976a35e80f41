import { CfnRule, EventBus } from "aws-cdk-lib/aws-events";
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import { adEventPattern } from "./ad-event-pattern.js";
class AdEventRelay extends Construct {
  bus;
  constructor(scope, id, { busArn, eventSource, ...wanted }) {
    super(scope, id);
    this.bus = new EventBus(this, "Bus", { description: "Ad events of the Blocket bridge" });
    const put = new PolicyStatement({ actions: ["events:PutEvents"], resources: [this.bus.eventBusArn] });
    const role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("events.amazonaws.com"),
      inlinePolicies: { relay: new PolicyDocument({ statements: [put] }) }
    });
    const { detailType, detail } = adEventPattern(wanted);
    new CfnRule(this, "Rule", {
      description: "Ad events of the Blocket bridge, to the bus of a listener",
      eventBusName: busArn,
      eventPattern: { source: [eventSource], ...detailType && { "detail-type": detailType }, detail },
      targets: [{ id: "Bus", arn: this.bus.eventBusArn, roleArn: role.roleArn }]
    });
  }
}
export {
  AdEventRelay
};
