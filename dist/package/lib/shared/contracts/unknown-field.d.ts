/** What to say of a field that nobody knows where it stands; with a word on where it belongs, if that is known. */
export declare function describeUnknownField(key: string): string;
