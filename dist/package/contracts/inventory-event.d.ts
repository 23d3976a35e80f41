export * from "../lib/shared/contracts/inventory-event.js";
