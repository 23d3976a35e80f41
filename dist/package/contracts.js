export * from "./lib/shared/contracts/ad-event.js";
