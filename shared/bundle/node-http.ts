/**
 * Stands in for `node:http` in the bundles. Imported as an ES module, that one reads each of its exports, `WebSocket` among
 * them, and so loads the whole of `fetch`, which nothing here uses, at every cold start.
 */
export const { Agent, request, STATUS_CODES } = process.getBuiltinModule("node:http");
