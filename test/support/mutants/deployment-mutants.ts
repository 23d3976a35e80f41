import type { Edit, Mutant } from "./mutant.ts";

/** A part of the deployment taken out, and the file of test/infra that must notice. */
export type DeploymentMutant = Mutant & { shownBy: string };

const without = (name: string, shownBy: string, edit: Omit<Edit, "replace"> & Partial<Edit>): DeploymentMutant => ({
  name,
  shownBy,
  edits: [{ replace: "", ...edit }],
});

const permissions = "permissions.test.ts";
const bridge = "bridge-stack.test.ts";
const grants = "cdk/permissions.ts";
const stack = "cdk/stacks/bridge-stack.ts";

/** Grants, environment variables, dead-letter queues, event sources and guards: each would be missed first in production. */
export const deploymentMutants: readonly DeploymentMutant[] = [
  without("grant: receive sends to the submit queue", permissions, {
    file: grants,
    find: "        send(resources.submitQueue),\n        readPartition",
    replace: "        readPartition",
  }),
  without("grant: submit tells the bus", permissions, {
    file: grants,
    find: "resources.adsTable),\n        publish(resources.eventBus),\n",
    replace: "resources.adsTable),\n",
  }),
  without("grant: poll asks what is due", permissions, {
    file: grants,
    find: '        allow(["dynamodb:Query"], resources.dueIndex),\n',
  }),
  without("grant: status reads the sources", permissions, {
    file: grants,
    find: "resources.adsTable), readSecret(resources.sourcesSecret)]",
    replace: "resources.adsTable)]",
  }),
  without("grant: status looks receipts up by their event", permissions, {
    file: grants,
    find: '      return [allow(["dynamodb:GetItem", "dynamodb:Query"], resources.adsTable), ',
    replace: '      return [allow(["dynamodb:GetItem"], resources.adsTable), ',
  }),
  without("grant: a message is put off", permissions, { file: grants, find: '"ChangeMessageVisibility", ' }),
  without("grant: the customer's key", "stages.test.ts", {
    file: grants,
    find: ", ...(encryptionKey === null ? [] : [decrypt(encryptionKey)])",
  }),
  without("grant: a function writes its log", permissions, {
    file: "cdk/constructs/bridge-function.ts",
    find: "[...permissions, writeLog]",
    replace: "permissions",
  }),
  without("variable: where the tokens are", bridge, {
    file: "cdk/wiring.ts",
    find: "    [environment.tokensSecret]: names.tokensSecret,\n",
  }),
  without("variable: that every ad is hidden", bridge, {
    file: "cdk/wiring.ts",
    find: "    [environment.forceHidden]: String(settings.forceHidden),\n",
  }),
  without("dead letters of the work queues", bridge, {
    file: "cdk/constructs/work-queue.ts",
    find: "      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount },\n",
  }),
  without("dead letters of the ticks", bridge, {
    file: "cdk/constructs/minute-tick.ts",
    find: "      deadLetterQueue: this.deadLetters,\n",
  }),
  without("dead letters of the canaries", "bus-canary.test.ts", {
    file: "cdk/constructs/bus-canary.ts",
    find: "      deadLetterQueue: this.deadLetters,\n",
  }),
  without("alarm of the canaries' dead letters", "alarms.test.ts", {
    file: stack,
    find: "        canary: canary.deadLetters,\n",
  }),
  without("event source: the submit queue", bridge, {
    file: stack,
    find: "    consume(functions.submit, queues.submit, settings.submit);\n",
  }),
  without("event source: the poll queue", bridge, {
    file: stack,
    find: "    consume(functions.poll, queues.poll, settings.poll);\n",
  }),
  without("event source: the schedule", bridge, {
    file: "cdk/constructs/minute-tick.ts",
    find: '    new Rule(this, "Rule", { schedule: Schedule.rate(Duration.minutes(1)), targets: [target] });\n',
  }),
  without("event source: the routes", bridge, {
    file: "cdk/constructs/inventory-api.ts",
    find: "      this.api.addRoutes({ path, methods: [HttpMethod[method]], integration: integrations[functionName] });\n",
  }),
  without("failures message by message", bridge, { file: stack, find: "    reportBatchItemFailures: true,\n" }),
  without("at most so many at once", bridge, { file: stack, find: "    maxConcurrency: settings.maxConcurrency,\n" }),
  without("queues by TLS only", bridge, {
    file: "cdk/constructs/work-queue.ts",
    find: "maxReceiveCount },\n      encryption: QueueEncryption.SQS_MANAGED,\n      enforceSSL: true,\n",
    replace: "maxReceiveCount },\n      encryption: QueueEncryption.SQS_MANAGED,\n",
  }),
  without("messages that outlive their stack", bridge, { file: stack, find: "        isKept: true,\n" }),
  without("ads that can't be deleted", "kept-stack.test.ts", {
    file: "cdk/stacks/kept-stack.ts",
    find: "      deletionProtection: true,\n",
  }),
  without("ads that can be restored", "kept-stack.test.ts", {
    file: "cdk/stacks/kept-stack.ts",
    find: "        pointInTimeRecoveryEnabled: true,\n        recoveryPeriodInDays: recoveryDays,\n",
    replace: "        pointInTimeRecoveryEnabled: false,\n",
  }),
];
