import { ArnFormat, Stack } from "aws-cdk-lib";
import { CfnEventBusPolicy, type EventBus } from "aws-cdk-lib/aws-events";
import { AccountPrincipal, PolicyStatement } from "aws-cdk-lib/aws-iam";

const ruleCalls = [
  "DescribeRule",
  "PutRule",
  "EnableRule",
  "DisableRule",
  "DeleteRule",
  "PutTargets",
  "RemoveTargets",
  "ListTargetsByRule",
  "TagResource",
  "UntagResource",
  "ListTagsForResource",
];

/**
 * Lets other accounts keep rules of their own on the bus, which match ad events only, and touch no rule but their own.
 *
 * The policy of EventBridge's user guide for this ("Send events to the same account and restrict updates"). It has to allow rules
 * by a star, for their names are the other accounts' to give; the conditions don't apply where a call has no such key, as a
 * rule that isn't yet there has no creator.
 */
export function openBus(
  bus: EventBus,
  { accounts, eventSource }: { accounts: readonly string[]; eventSource: string },
) {
  const statement = new PolicyStatement({
    principals: accounts.map((account) => new AccountPrincipal(account)),
    actions: ruleCalls.map((call) => `events:${call}`),
    resources: [
      Stack.of(bus).formatArn({
        service: "events",
        resource: "rule",
        resourceName: `${bus.eventBusName}/*`,
        arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
      }),
    ],
    conditions: {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: IAM replaces it by whoever calls.
      StringEqualsIfExists: { "events:creatorAccount": "${aws:PrincipalAccount}", "events:source": eventSource },
    },
  });
  // Not the library's own way, which still sets properties that CloudFormation has deprecated.
  new CfnEventBusPolicy(bus, "RulesOfListeners", {
    eventBusName: bus.eventBusName,
    statementId: "RulesOfListeners",
    statement: statement.toStatementJson(),
  });
}
