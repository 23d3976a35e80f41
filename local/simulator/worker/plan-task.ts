import type { DelayName } from "#local/simulator/delay-names.ts";
import { imageUrls, isVisible } from "#local/simulator/document.ts";
import type { Json } from "#local/simulator/json.ts";
import type { Action, MarketplaceState, StoredAd, Task } from "#local/simulator/state.ts";
import type { Effect, Step } from "./job.ts";
import { failingUrls } from "./take-effect.ts";

type Rules = Pick<MarketplaceState, "settings" | "quirks">;

interface ActionPlan {
  wait: DelayName;
  begins?: string;
  ends: Json;
  effect?: Effect | null;
  isError?: boolean;
}

function stepsOf(action: Action, plan: ActionPlan): [Step, Step] {
  const begin = { action, state: "processing", message: plan.begins ?? "Processing" } as const;
  const end = { action, state: plan.isError ? "error" : "done", message: plan.ends } as const;
  return [
    { ...begin, wait: "pauseDelayMs", extraMs: 0, effect: null },
    { ...end, wait: plan.wait, extraMs: 0, effect: plan.effect ?? null },
  ];
}

function planUnpublish(): Step[] {
  return stepsOf("unpublish", { wait: "unpublishDelayMs", ends: "Ad unpublished", effect: "unlive" });
}

function planMedia(task: Task, failing: readonly string[]): Step[] {
  if (!task.hasNewMedia) return [];
  const isError = failing.length > 0;
  const errors = Object.fromEntries(failing.map((url) => [url, ["Image could not be downloaded."]]));
  const ends = isError ? { image_urls: errors } : "Images uploaded";
  return stepsOf("handle_media", { wait: "mediaDelayMs", ends, effect: "images", isError });
}

/** Publishing, or taking off what has become hidden; a hidden ad that was not live needs neither. */
function planMarketplace(ad: StoredAd, task: Task, rules: Rules): Step[] {
  const isHidden = !isVisible(task.document);
  if (isHidden && ad.liveDocument !== null) return planUnpublish();
  if (isHidden && rules.quirks.hiddenPublish === "absent") return [];
  const isError = rules.settings.publishOutcome === "error" || task.fault?.kind === "publish-error";
  const ends = isError ? "Ad could not be published on Blocket." : "Ad published";
  return stepsOf("publish", {
    wait: "publishDelayMs",
    begins: "Publishing in progress.",
    ends,
    effect: isError || isHidden ? null : "live",
    isError,
  });
}

function planDelete(ad: StoredAd): Step[] {
  const [begin, end] = stepsOf("delete", { wait: "deleteDelayMs", ends: "Ad deleted", effect: "deleted" });
  return [begin, ...(ad.liveDocument === null ? [] : planUnpublish()), end];
}

function planWrite(ad: StoredAd, task: Task, rules: Rules): Step[] {
  const ends = task.root === "create" ? "Ad created" : "Ad updated";
  const failing = task.hasNewMedia ? failingUrls(rules, imageUrls(task.document), task.fault) : [];
  const isHeldBack = failing.length > 0 && task.document.dont_publish_on_failed_images === true;
  return [
    ...stepsOf(task.root, { wait: "processingDelayMs", ends, effect: "created" }),
    ...planMedia(task, failing),
    ...(isHeldBack ? [] : planMarketplace(ad, task, rules)),
  ];
}

function planCharged(task: Task): Step[] {
  const ends = task.root === "bump" ? "Ad bumped" : "Pole Position activated";
  return stepsOf(task.root, { wait: "bumpDelayMs", ends });
}

/** The log lines of one task, in order, decided when the ad's worker takes it up. */
export function planTask(ad: StoredAd, task: Task, rules: Rules): Step[] {
  const steps = planRoot(ad, task, rules);
  const second = steps[1];
  if (task.fault?.kind === "stuck" && second !== undefined) second.extraMs = task.fault.delayMs;
  return steps;
}

function planRoot(ad: StoredAd, task: Task, rules: Rules): Step[] {
  switch (task.root) {
    case "create":
    case "update":
      return planWrite(ad, task, rules);
    case "delete":
      return planDelete(ad);
    case "bump":
    case "boost":
      return planCharged(task);
  }
}
