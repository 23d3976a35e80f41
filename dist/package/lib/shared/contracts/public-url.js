const longestUrl = 2048;
const internalDomains = [
  "localhost",
  "local",
  "localdomain",
  "internal",
  "intranet",
  "corp",
  "home",
  "lan",
  "private",
  "home.arpa",
  "in-addr.arpa",
  "ip6.arpa",
  "test"
];
function faultOfPublicUrl(text) {
  if (text.length > longestUrl) {
    return { code: "too-big", message: `The address has more than ${longestUrl} characters.` };
  }
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
function faultOfHost(host) {
  if (host.split(".").includes("")) {
    return { code: "invalid-format", message: "The address must name its server." };
  }
  if (host.startsWith("[") || /^\d+(\.\d+){3}$/.test(host)) {
    return { code: "url-address", message: "The address must name its server, not an IP address." };
  }
  const isInternal = internalDomains.some((domain) => host === domain || host.endsWith(`.${domain}`));
  if (isInternal || !host.includes(".")) {
    return { code: "url-internal", message: "The server's name is one that only an inner network knows." };
  }
  return null;
}
export {
  faultOfPublicUrl,
  longestUrl
};
