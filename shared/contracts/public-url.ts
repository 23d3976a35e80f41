/** The longest address taken, in characters. */
export const longestUrl = 2048;

/** What is wrong with an address that the marketplace is to fetch: a stable code, and words for a person. */
export type UrlFault = { code: string; message: string };

/**
 * Top-level names that the public DNS does not have: special-use domains (RFC 6761, 6762, 7686, 8375, 9476 and IANA's registry,
 * all of whose others end in arpa; `example` leads nowhere and is for examples) and what routers, clusters and clouds use.
 */
const internalDomains = new Set([
  "localhost",
  "local",
  "localdomain",
  "internal",
  "intranet",
  "corp",
  "home",
  "lan",
  "private",
  "svc",
  "arpa",
  "test",
  "invalid",
  "onion",
  "alt",
]);

/**
 * Judges an address that we hand on and others will fetch; null when it may go out. It must not turn the marketplace into
 * a way into somebody's network, nor carry a password into an ad: https on its own port, a public name, no credentials.
 *
 * What the name resolves to is for who fetches it to look at. Messages quote nothing of the address.
 */
export function faultOfPublicUrl(text: string): UrlFault | null {
  if (text.length > longestUrl) {
    return { code: "too-big", message: `The address has more than ${longestUrl} characters.` };
  }
  // The parser would drop these; whoever fetches the text as it stands may not.
  if (/[\s\p{Cc}\\]/u.test(text) || !text.isWellFormed()) {
    return { code: "invalid-format", message: "The address holds a blank, a control character or a backslash." };
  }
  const url = URL.parse(text);
  if (url === null) {
    return { code: "invalid-format", message: "This is not a whole address (URL)." };
  }
  if (url.protocol !== "https:" || !/^https:\/\/[^/]/i.test(text)) {
    return { code: "not-https", message: "The address must begin with https://." };
  }
  if (url.username !== "" || url.password !== "" || /^https:\/\/[^/?#]*@/i.test(text)) {
    return { code: "url-credentials", message: "The address must not hold a user name or a password." };
  }
  if (url.port !== "") {
    return { code: "url-port", message: "The address must not name a port." };
  }
  return faultOfHost(url.hostname.replace(/\.$/, ""));
}

/** `host` as the URL parser left it: in lower case, every spelling of an IPv4 address as four numbers. */
function faultOfHost(host: string): UrlFault | null {
  if (host === "" || host.startsWith(".") || host.endsWith(".") || host.includes("..")) {
    return { code: "invalid-format", message: "The address must name its server." };
  }
  if (host.startsWith("[") || /^\d+(\.\d+){3}$/.test(host)) {
    return { code: "url-address", message: "The address must name its server, not an IP address." };
  }
  const lastDot = host.lastIndexOf(".");
  if (lastDot === -1 || internalDomains.has(host.slice(lastDot + 1))) {
    return { code: "url-internal", message: "The server's name is not one of the public internet." };
  }
  return null;
}
