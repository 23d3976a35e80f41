interface Quirk {
  default: string | number;
  alternatives: readonly (string | number)[];
  /** The sentence that leaves the choice open, or the ones that contradict each other. */
  source: string;
}

/**
 * Every point where the API's documents contradict each other or say nothing, one row each. The default follows the
 * newest document (the one with typed endpoints); a client has to hold under every alternative.
 */
export const quirks = {
  putSemantics: {
    default: "merge",
    alternatives: ["merge", "replace"],
    source:
      'Typed endpoints: "Both PUT and PATCH use deep merge semantics." Implementation guide: "PUT - Update ad (complete replacement)".',
  },
  duplicateStatus: {
    default: 400,
    alternatives: [400, 409],
    source:
      'Implementation guide: "409 Conflict - Duplicate source_id". The status table of the typed endpoints has no 409.',
  },
  writeReply: {
    default: "row",
    alternatives: ["row", "row-with-log", "row-with-request-id", "empty"],
    source: 'Typed endpoints, of DELETE alone: "The response returns the ad". Nothing about POST and PUT.',
  },
  pageEnvelope: {
    default: "object",
    alternatives: ["object", "array"],
    source: 'Nothing but "Limit results" and "Offset results"; its error texts are those of Django REST framework.',
  },
  logField: {
    default: "log",
    alternatives: ["log", "logs"],
    source: 'Typed endpoints: "(`logs` field)" in the workflow, "`log`" in the table of fields.',
  },
  logOrder: {
    default: "ascending",
    alternatives: ["ascending", "descending"],
    source: 'The example of a log is ascending; the log endpoint lists "-created created" and names no default.',
  },
  hiddenPublish: {
    default: "absent",
    alternatives: ["absent", "present"],
    source:
      '"Set to `false` to prevent the ad from being published"; whether the log shows a publish action is not said.',
  },
  rowsPerSourceId: {
    default: "one",
    alternatives: ["one", "per-write"],
    source: '"Each POST/PUT/DELETE on a certain `source_id` will appear as an individual entry."',
  },
  updatedMoves: {
    default: "no",
    alternatives: ["no", "yes"],
    source: '"Timestamp when the ad was last updated"; whether a line in the log is an update is not said.',
  },
  logTimestampDigits: {
    default: 0,
    alternatives: [0, 3, 6],
    source: '"string (ISO 8601)", with "2025-01-15T10:00:00Z" as the only example.',
  },
  nullBooleans: {
    default: "cleared",
    alternatives: ["cleared", "refused"],
    source: '"To clear a field, explicitly set it to `null` (for nullable fields)"; which are nullable is not said.',
  },
  repeatedDelete: {
    default: "accepted",
    alternatives: ["accepted", "refused", "not-found"],
    source: '"Deletion is a soft delete"; what a second DELETE answers is not said.',
  },
  imageLimit: {
    default: 38,
    alternatives: [38, 20, "none"],
    source:
      'Client documentation: "you can send maximum 38 image URLs". Implementation guide: "Maximum 20 images per ad". The typed endpoints name no limit.',
  },
  reducedPrice: {
    default: "alone",
    alternatives: ["alone", "with-list"],
    source:
      'Typed endpoints: "Reduced/sale price (not allowed on POST, only on PUT/PATCH)". The implementation guide patches one alone; whether it needs a list price beside it is not said.',
  },
  retryLog: {
    default: "new-request",
    alternatives: ["new-request", "same-request", "nothing"],
    source:
      'Typed endpoints: "Re-queue ad for processing"; what the log then shows, and under which request, is not said.',
  },
  fieldlessErrors: {
    default: "array",
    alternatives: ["array", "non-field-errors", "detail"],
    source:
      'Typed endpoints: "Non-field errors (e.g. business logic violations) use a string array under a single key", with a bare array as the example.',
  },
  missingToken: {
    default: "not-provided",
    alternatives: ["not-provided", "invalid-token"],
    source:
      'Implementation guide, of a missing token: "Authentication credentials were not provided." Typed endpoints, of all 401s: {"detail": "Invalid token: <error details>"}.',
  },
  throttleReply: {
    default: "seconds",
    alternatives: ["seconds", "date", "no-header", "html"],
    source:
      "No document has a 429 or a rate limit; the error texts are those of Django REST framework, which sends Retry-After in seconds.",
  },
  filterTimeZone: {
    default: "UTC",
    alternatives: ["UTC", "Europe/Stockholm"],
    source: 'Typed endpoints, of the date filters: "Format: `YYYY-MM-DD HH:MM:SS`", without a zone.',
  },
  timestampZone: {
    default: "Z",
    alternatives: ["Z", "+00:00", "+01:00"],
    source: '"string (ISO 8601)", with "2025-01-15T10:00:00Z" as the only example.',
  },
  logTies: {
    default: "as-written",
    alternatives: ["as-written", "reversed"],
    source:
      "Entries of the example share a timestamp, and the log endpoint orders by `created` alone: among equals nothing is promised.",
  },
  messageForm: {
    default: "mixed",
    alternatives: ["mixed", "text", "object"],
    source: '`external_message`: "string / object", "Human-readable status message or error details".',
  },
  categoryIdForm: {
    default: "number",
    alternatives: ["number", "string"],
    source: 'Implementation guide: "category_id": "1121". Client documentation and typed endpoints: int.',
  },
  adIdComes: {
    default: "with-publish",
    alternatives: ["with-publish", "after-publish"],
    source:
      'Typed endpoints: "Poll … until the log shows `publish | done` and `blocket_ad_id` is populated"; whether both come at once is not said.',
  },
  imageProtocol: {
    default: "https",
    alternatives: ["https", "http-too"],
    source:
      'Implementation guide: "HTTPS URLs only". The example of the client documentation has http; the typed endpoints say nothing.',
  },
  priceTypes: {
    default: "typed",
    alternatives: ["typed", "all"],
    source:
      "Typed endpoints: `list`, `reduced`, `leasing`. Implementation guide: `list`, `reduced`, `monthly`, `call`.",
  },
  requiredFields: {
    default: "typed",
    alternatives: ["typed", "older"],
    source:
      'Typed endpoints, of `body` and `price`: "No". Client documentation: "Yes", and so of `name` and `phone` of a contact. Implementation guide: {"category_fields": {"brand": ["This field is required."]}}.',
  },
  genericWrites: {
    default: "absent",
    alternatives: ["absent", "present"],
    source:
      'Typed endpoints: "For POST, PUT and PATCH you must use the typed endpoints." Client documentation and implementation guide: "POST /v4/ad".',
  },
  bumpInPolePosition: {
    default: "refused",
    alternatives: ["refused", "accepted"],
    source:
      'Client documentation: "Currently, ads on pole position cannot be bumped/renewed." The typed endpoints no longer say so.',
  },
  migrateLog: {
    default: "update",
    alternatives: ["update", "create"],
    source:
      'Typed endpoints, of `/migrate`: "The ad ID, source ID and history are preserved"; no action is named for it.',
  },
  deletedSourceId: {
    default: "taken",
    alternatives: ["taken", "free"],
    source:
      'Typed endpoints, of `source_id`: "it cannot be reused — even after the ad is deleted". Client documentation: "You can also DELETE the V3 ad and POST a new V4 ad with the same source_id".',
  },
  validatePath: {
    default: "typed",
    alternatives: ["typed", "absent"],
    source:
      'Typed endpoints: "There is also a `/v4/{vehicle_type}/validate` endpoint". Client documentation: "There is also a /v3/ad/validate endpoint". The list of endpoints of the implementation guide has none.',
  },
  sellerFields: {
    default: "refused",
    alternatives: ["refused", "ignored"],
    source:
      'Typed endpoints, of `title` and `contact` of registered vehicles: "including it will return a `400` error". Client documentation: "Contact is not relevant for registered vehicles."',
  },
  boatCategories: {
    default: "unified",
    alternatives: ["unified", "split"],
    source:
      'Typed endpoints: "Boats (1061–1067)", with "1060 (unified)" as target. Implementation guide, of V4: "Motor Boat" 1061 and "Sail Boat" 1062.',
  },
  storeId: {
    default: "absent",
    alternatives: ["absent", "present"],
    source:
      'Client documentation: "a Blocket store ID and Blocket ad ID", with a filter `blocket_store_id`. The typed endpoints have only the latter.',
  },
} as const satisfies Record<string, Quirk>;

export type QuirkName = keyof typeof quirks;

export type QuirkValues = { [Name in QuirkName]: (typeof quirks)[Name]["alternatives"][number] };

export const quirkNames = Object.keys(quirks) as QuirkName[];

export const defaultQuirks = Object.fromEntries(quirkNames.map((name) => [name, quirks[name].default])) as QuirkValues;

/** Each quirk as `/control/settings` shows it. */
export function describeQuirks(values: QuirkValues): Record<string, Quirk & { value: string | number }> {
  return Object.fromEntries(quirkNames.map((name) => [name, { value: values[name], ...quirks[name] }]));
}
