export * from "./lib/listener/ad-event-listener.js";
export * from "./lib/listener/lambda-listener.js";
export * from "./lib/listener/memory-heard-ads.js";
export * from "./lib/listener/read-delivery.js";
