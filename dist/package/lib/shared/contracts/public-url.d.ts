/** The longest address taken, in characters. */
export declare const longestUrl = 2048;
/** What is wrong with an address that the marketplace is to fetch: a stable code, and words for a person. */
export type UrlFault = {
    code: string;
    message: string;
};
/**
 * Judges an address that we hand on and others will fetch; null when it may go out. It must not turn the marketplace into
 * a way into somebody's network, nor carry a password into an ad: https on its own port, a public name, no credentials.
 *
 * What the name resolves to is for who fetches it to look at. Messages quote nothing of the address.
 */
export declare function faultOfPublicUrl(text: string): UrlFault | null;
