import { Annotations } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import { realMarketplace } from "#cdk/stage-rules.ts";
import { type AlarmDefinition, alarmDefinitions } from "#cdk/watch/alarm-definitions.ts";
import type { Watched } from "#cdk/watch/watched.ts";

/** Where whoever an alarm wakes finds what to do: the heading as the address of its paragraph. */
export function paragraphAddress({ paragraph }: Pick<AlarmDefinition, "paragraph">): string {
  return `docs/operations.md#${paragraph.toLowerCase().replaceAll(" ", "-")}`;
}

/** Every alarm of a stage, and the topic that says when one rings and when it ends. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, watched: Watched) {
    super(scope, id);
    const { name, alarmAddress, marketplaceUrl } = watched.settings;
    const topic = new Topic(this, "Topic", { displayName: `Alarms of ${name}`, enforceSSL: true });
    if (alarmAddress !== null) {
      topic.addSubscription(new EmailSubscription(alarmAddress));
    } else if (marketplaceUrl === realMarketplace) {
      const warning = `alarmAddress of ${name} is null in cdk/stages.ts: its alarms ring, and nobody gets a mail.`;
      Annotations.of(this).addWarningV2("blocket-bridge:nobody-is-told", warning);
    }
    const action = new SnsAction(topic);
    for (const definition of alarmDefinitions(watched)) {
      const alarm = this.addAlarm(name, definition);
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
    }
  }

  private addAlarm(stage: string, definition: AlarmDefinition): Alarm {
    const { id, says, first, metric, bound, within = 1, breaches = 1, isSilenceBad = false } = definition;
    const isFloor = "atLeast" in bound;
    const command = first === undefined ? [] : [`First: npm run bridge -- ${first} --stage ${stage}.`];
    return new Alarm(this, id, {
      alarmName: `${stage} ${id}`,
      alarmDescription: [says, ...command, `See ${paragraphAddress(definition)}`].join(" "),
      metric,
      threshold: isFloor ? bound.atLeast : bound.atMost,
      comparisonOperator: isFloor
        ? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD
        : ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: within,
      datapointsToAlarm: breaches,
      treatMissingData: isSilenceBad ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
  }
}
