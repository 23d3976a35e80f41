import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { faultOfPublicUrl, longestUrl } from "#shared/contracts/public-url.ts";

const codeOf = (text: string) => faultOfPublicUrl(text)?.code ?? null;

describe("an address that the marketplace is to fetch", () => {
  it.each([
    "https://images.dealer.se/a/1.jpg",
    "https://images.dealer.se/a/1.jpg?width=1200&sig=a%2Fb%3D#top",
    "https://images.dealer.se",
    "https://images.dealer.se:443/1.jpg",
    "https://bilar.bilhandlaren-åkersberga.se/bild å.jpg".replace(" ", "%20"),
    "HTTPS://IMAGES.DEALER.SE/1.JPG",
    "https://localhost.dealer.se/1.jpg",
    "https://internal-media.dealer.se/1.jpg",
    "https://1.dealer.se/@me",
    `https://dealer.se/${"x".repeat(longestUrl - 18)}`,
  ])("%s goes out", (text) => {
    expect(faultOfPublicUrl(text)).toBeNull();
  });

  it.each([
    [`https://dealer.se/${"x".repeat(longestUrl - 17)}`, "too-big"],
    ["", "invalid-format"],
    ["images/1.jpg", "invalid-format"],
    ["https://", "invalid-format"],
    ["https://dealer.se/a b.jpg", "invalid-format"],
    [" https://dealer.se/1.jpg", "invalid-format"],
    ["https://dealer.se/\u0000", "invalid-format"],
    ["ht\ttps://dealer.se", "invalid-format"],
    ["https:\\\\dealer.se\\1.jpg", "invalid-format"],
    ["https://dealer.se/\ud800.jpg", "invalid-format"],
    ["https://999.1.1.1/1.jpg", "invalid-format"],
    ["https://localhost../1.jpg", "invalid-format"],
    ["https://192.0.2.7../1.jpg", "invalid-format"],
    ["http://dealer.se/1.jpg", "not-https"],
    ["https:dealer.se/1.jpg", "not-https"],
    ["https:///dealer.se/1.jpg", "not-https"],
    ["ftp://dealer.se/1.jpg", "not-https"],
    ["data:image/png;base64,AAAA", "not-https"],
    ["javascript:alert(1)", "not-https"],
    ["file:///etc/passwd", "not-https"],
    ["https://user@dealer.se/1.jpg", "url-credentials"],
    ["https://user:word@dealer.se/1.jpg", "url-credentials"],
    ["https://@dealer.se/1.jpg", "url-credentials"],
    ["https://dealer.se:8443/1.jpg", "url-port"],
    ["https://127.0.0.1/1.jpg", "url-address"],
    ["https://169.254.169.254/latest/meta-data", "url-address"],
    ["https://2130706433/1.jpg", "url-address"],
    ["https://0x7f.1/1.jpg", "url-address"],
    ["https://0177.0.0.1/1.jpg", "url-address"],
    ["https://１２７.0.0.1/1.jpg", "url-address"],
    ["https://8.8.8.8./1.jpg", "url-address"],
    ["https://[::1]/1.jpg", "url-address"],
    ["https://[::ffff:127.0.0.1]/1.jpg", "url-address"],
    ["https://localhost/1.jpg", "url-internal"],
    ["https://localhost./1.jpg", "url-internal"],
    ["https://images.LOCALHOST/1.jpg", "url-internal"],
    ["https://metadata.google.internal/", "url-internal"],
    ["https://nas.local/1.jpg", "url-internal"],
    ["https://router.home.arpa/1.jpg", "url-internal"],
    ["https://fileserver/1.jpg", "url-internal"],
    ["https://images.stock.svc/1.jpg", "url-internal"],
    ["https://images.invalid/1.jpg", "url-internal"],
    ["https://abcdefghijklmnop.onion/1.jpg", "url-internal"],
    ["https://images.ALT/1.jpg", "url-internal"],
    ["https://7.2.0.192.in-addr.arpa/1.jpg", "url-internal"],
    ["https://resolver.arpa/1.jpg", "url-internal"],
  ])("%j does not: %s", (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it("is judged, whatever the text, without an error, and its words quote nothing of it", () => {
    fc.assert(
      fc.property(fc.constantFrom("", "https://", "https://user:"), fc.string({ unit: "binary" }), (scheme, rest) => {
        faultOfPublicUrl(`${scheme}${rest}`);
        const fault = faultOfPublicUrl(`${scheme}${rest}canary`);
        return !fault?.message.includes("canary");
      }),
      { numRuns: 300 },
    );
  });
});
