import { type Route, routes } from "#shared/contracts/routes.ts";

export type Match = {
  route: Route;
  /** Of the whole path, decoded, as an HTTP API hands it on. */
  rawPath: string;
  pathParameters: Record<string, string>;
};

const patterns = routes.map((route) => ({ route, pattern: patternOf(route.path) }));

/** `{name}` takes one segment, `{name+}` all the rest. */
function patternOf(path: string): RegExp {
  const parts = path.split(/\{(\w+\+?)\}/).map((part, place) => {
    if (place % 2 === 0) {
      return part;
    }
    return part.endsWith("+") ? `(?<${part.slice(0, -1)}>.+)` : `(?<${part}>[^/]+)`;
  });
  return new RegExp(`^${parts.join("")}$`, "s");
}

/** The route that a request is for; null when there is none. Like an HTTP API it decodes the path first, then looks. */
export function matchRoute(method: string | undefined, path: string): Match | null {
  const rawPath = decode(path);
  for (const { route, pattern } of patterns) {
    const found = route.method === method && rawPath !== null ? pattern.exec(rawPath) : null;
    if (rawPath !== null && found !== null) {
      return { route, rawPath, pathParameters: { ...found.groups } };
    }
  }
  return null;
}

function decode(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch (cause) {
    if (cause instanceof URIError) {
      return null;
    }
    throw cause;
  }
}
