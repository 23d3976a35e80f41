import * as z from "zod/mini";
/** A complaint of the marketplace: the field's JSON pointer in the API's document, or null, and the API's own text. */
export declare const marketplaceErrorSchema: z.ZodMiniObject<{
    code: z.ZodMiniString<string>;
    pointer: z.ZodMiniNullable<z.ZodMiniString<string>>;
    message: z.ZodMiniString<string>;
}, z.core.$strip>;
export type MarketplaceError = z.infer<typeof marketplaceErrorSchema>;
/**
 * What every ad event says of itself.
 *
 * `id` names the fact: the same fact told twice has the same id. `sequence` counts 1, 2, 3… per ad without gaps and is
 * the order to go by. `correlationId` is the inventory event that led here, `causationId` the marketplace's request_id.
 * Times are ISO 8601 in UTC. `dealerCode`, `itemId` and `listingId` are null only where a rejected event named none.
 */
export declare const adEventMetadataSchema: z.ZodMiniObject<{
    id: z.ZodMiniString<string>;
    schemaVersion: z.ZodMiniInt;
    dealerCode: z.ZodMiniNullable<z.ZodMiniString<string>>;
    itemId: z.ZodMiniNullable<z.ZodMiniString<string>>;
    listingId: z.ZodMiniNullable<z.ZodMiniString<string>>;
    sequence: z.ZodMiniInt;
    occurredAt: z.ZodMiniString<string>;
    publishedAt: z.ZodMiniString<string>;
    correlationId: z.ZodMiniNullable<z.ZodMiniString<string>>;
    causationId: z.ZodMiniNullable<z.ZodMiniString<string>>;
    replay: z.ZodMiniBoolean<boolean>;
}, z.core.$strip>;
export type AdEventMetadata = z.infer<typeof adEventMetadataSchema>;
/** What each detail-type carries as `data`. A breaking change is a new detail-type. */
export declare const adEventDataSchemas: {
    readonly AdPublished: z.ZodMiniObject<{
        blocketAdId: z.ZodMiniNullable<z.ZodMiniString<string>>;
        warnings: z.ZodMiniArray<z.ZodMiniObject<{
            code: z.ZodMiniString<string>;
            pointer: z.ZodMiniNullable<z.ZodMiniString<string>>;
            message: z.ZodMiniString<string>;
        }, z.core.$strip>>;
        late: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
    }, z.core.$strip>;
    readonly AdUpdated: z.ZodMiniObject<{
        created: z.ZodMiniBoolean<boolean>;
        visible: z.ZodMiniBoolean<boolean>;
        warnings: z.ZodMiniArray<z.ZodMiniObject<{
            code: z.ZodMiniString<string>;
            pointer: z.ZodMiniNullable<z.ZodMiniString<string>>;
            message: z.ZodMiniString<string>;
        }, z.core.$strip>>;
        late: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
    }, z.core.$strip>;
    readonly AdErrored: z.ZodMiniObject<{
        stage: z.ZodMiniString<string>;
        errors: z.ZodMiniArray<z.ZodMiniObject<{
            code: z.ZodMiniString<string>;
            pointer: z.ZodMiniNullable<z.ZodMiniString<string>>;
            message: z.ZodMiniString<string>;
        }, z.core.$strip>>;
        late: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
    }, z.core.$strip>;
    readonly AdDeleted: z.ZodMiniObject<{
        blocketAdId: z.ZodMiniNullable<z.ZodMiniString<string>>;
        late: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
    }, z.core.$strip>;
    readonly AdUnpublished: z.ZodMiniObject<{
        blocketAdId: z.ZodMiniNullable<z.ZodMiniString<string>>;
        late: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
    }, z.core.$strip>;
    readonly AdBumped: z.ZodMiniObject<{
        blocketAdId: z.ZodMiniNullable<z.ZodMiniString<string>>;
        late: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
    }, z.core.$strip>;
    readonly AdPolePositioned: z.ZodMiniObject<{
        blocketAdId: z.ZodMiniNullable<z.ZodMiniString<string>>;
        late: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
    }, z.core.$strip>;
    readonly AdStalled: z.ZodMiniObject<{
        call: z.ZodMiniString<string>;
        since: z.ZodMiniString<string>;
    }, z.core.$strip>;
    readonly InventoryEventRejected: z.ZodMiniObject<{
        source: z.ZodMiniString<string>;
        eventId: z.ZodMiniString<string>;
        errors: z.ZodMiniArray<z.ZodMiniObject<{
            pointer: z.ZodMiniString<string>;
            code: z.ZodMiniString<string>;
            message: z.ZodMiniString<string>;
        }, z.core.$strip>>;
    }, z.core.$strip>;
};
export type AdEventType = keyof typeof adEventDataSchemas;
export type AdEventData<T extends AdEventType> = z.infer<(typeof adEventDataSchemas)[T]>;
/** One ad event: `type` is the EventBridge detail-type, `{ metadata, data }` its detail. */
export type AdEvent = {
    [T in AdEventType]: {
        type: T;
        metadata: AdEventMetadata;
        data: AdEventData<T>;
    };
}[AdEventType];
