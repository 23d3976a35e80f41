export * from "./lib/cdk/constructs/ad-event-subscription.js";
export * from "./lib/cdk/constructs/ad-event-relay.js";
