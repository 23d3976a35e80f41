import { productionSettings, readStage, type StageSettings } from "#cdk/stages.ts";
import { sandboxSource } from "#local/sandbox/sandbox-constants.ts";
import { sandboxWaits } from "#local/sandbox/sandbox-waits.ts";
import { productionWaits } from "#shared/contracts/waits.ts";

export const stageName = "blocket-bridge-emulated";
export const listenerName = `${stageName}-listener`;

export const releases = ["first", "second"] as const;
export type Release = (typeof releases)[number];

/** What an operator may change between two deployments. */
const laterSettings = {
  memoryMb: { receive: 768, submit: 768, poll: 768, status: 768 },
  submit: { batchSize: 3, batchWindowSeconds: 0, maxConcurrency: 6, maxReceiveCount: 20 },
  logRetentionDays: 60,
  requests: { perSecond: 60, burst: 200 },
} satisfies Partial<StageSettings>;

/**
 * The stage that is deployed to the emulated account: production's settings, but for the marketplace, and for the waits,
 * which are the sandbox's. Ticks come once a minute as in production, and so the canaries keep production's time; an update on
 * a slow machine must not make a submission overdue.
 */
export function emulatedStage(marketplaceUrl: string, release: Release): StageSettings {
  const settings: StageSettings = {
    ...productionSettings,
    name: stageName,
    emulated: true,
    alarmAddress: "night@example.com",
    watchedSources: [sandboxSource],
    marketplaceUrl,
    maxReadsPerSecond: 50,
    waits: { ...sandboxWaits, canaryMs: productionWaits.canaryMs, overdueMs: productionWaits.overdueMs },
    ...(release === "second" && laterSettings),
  };
  return readStage("emulated", { emulated: settings });
}
