import { Duration, RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import { Archive, EventBus } from "aws-cdk-lib/aws-events";
import { Key } from "aws-cdk-lib/aws-kms";
import { CfnSecret } from "aws-cdk-lib/aws-secretsmanager";
import type { Construct } from "constructs";
import { adEventPattern } from "#cdk/constructs/ad-event-pattern.ts";
import { openBus } from "#cdk/constructs/open-bus.ts";
import { dueIndex, keptNames } from "#cdk/kept-names.ts";
import type { StageSettings } from "#cdk/stages.ts";

type Secret = { name: string; description: string; kmsKeyId: string | null };

/**
 * What outlives every deployment: the ads, the secrets, and the bus that the rules of others hang on. Deleting the stack
 * leaves all of it standing.
 */
export class KeptStack extends Stack {
  constructor(scope: Construct, id: string, settings: StageSettings) {
    super(scope, id, { description: "Blocket bridge: what is kept" });
    const names = keptNames(settings);
    this.addAdsTable(names.adsTable, settings);
    const addSecret = (secretId: string, secretName: string, of: string) =>
      this.addSecret(secretId, { name: secretName, description: of, kmsKeyId: settings.encryptionKeyArn });
    addSecret("SourcesSecret", names.sourcesSecret, "Sources: their webhook secrets and dealers (JSON)");
    addSecret("TokensSecret", names.tokensSecret, "Tokens of the Pro Import API and their dealers (JSON)");
    this.addBus(names.eventBus, settings);
  }

  private addBus(eventBusName: string, { listenerAccounts, archiveDays, eventSource }: StageSettings): void {
    const bus = new EventBus(this, "EventBus", { eventBusName, description: "Ad events" });
    bus.applyRemovalPolicy(RemovalPolicy.RETAIN);
    if (listenerAccounts.length > 0) {
      // Not retained: an account that is taken out of the setting must lose what it was allowed.
      openBus(bus, { accounts: listenerAccounts, eventSource });
    }
    if (archiveDays !== null) {
      const retention = Duration.days(archiveDays);
      const archive = new Archive(this, "Archive", { sourceEventBus: bus, eventPattern: adEventPattern(), retention });
      archive.applyRemovalPolicy(RemovalPolicy.RETAIN);
    }
  }

  private addAdsTable(tableName: string, { recoveryDays, encryptionKeyArn }: StageSettings): void {
    const table = new Table(this, "AdsTable", {
      tableName,
      partitionKey: { name: "pk", type: AttributeType.STRING },
      sortKey: { name: "sk", type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      ...(encryptionKeyArn === null
        ? { encryption: TableEncryption.DEFAULT }
        : {
            encryption: TableEncryption.CUSTOMER_MANAGED,
            encryptionKey: Key.fromKeyArn(this, "EncryptionKey", encryptionKeyArn),
          }),
      pointInTimeRecoverySpecification: {
        pointInTimeRecoveryEnabled: true,
        recoveryPeriodInDays: recoveryDays,
      },
      timeToLiveAttribute: "expiresAt",
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    table.addGlobalSecondaryIndex({
      indexName: dueIndex,
      partitionKey: { name: "tokenId", type: AttributeType.STRING },
      sortKey: { name: "dueAt", type: AttributeType.NUMBER },
      projectionType: ProjectionType.KEYS_ONLY,
    });
  }

  /**
   * A secret without a value, which only a person can give it. The construct library's own `Secret` would make one up, and
   * what a template says a later deployment could write over the real one.
   */
  private addSecret(id: string, { kmsKeyId, ...named }: Secret): void {
    const secret = new CfnSecret(this, id, { ...named, ...(kmsKeyId !== null && { kmsKeyId }) });
    secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
    Validations.of(secret).acknowledge({
      id: "AwsSolutions::AwsSolutions-SMG4",
      reason:
        "Only Blocket and the sources can give new values; both secrets hold old and new ones at once to rotate by hand.",
    });
  }
}
