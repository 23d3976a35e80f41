/**
 * The bridge's endpoints and the function behind each, for the CDK app and the sandbox. `{name}` is one segment of the
 * path, `{name+}` all that is left of it: API Gateway decodes a path before it looks for its parts, so the slash of an id
 * ends up as a slash however it was sent.
 */
export const routes = [
  { method: "POST", path: "/sources/{source}/inventory-events", functionName: "receive" },
  { method: "GET", path: "/sources/{source}/inventory-events/{id+}", functionName: "status" },
  { method: "GET", path: "/sources/{source}/items/{dealerCode}/{itemId+}", functionName: "status" },
] as const;
export type Route = (typeof routes)[number];
