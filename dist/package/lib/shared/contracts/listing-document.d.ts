import * as z from "zod/mini";
/** Fields every vehicle type shares. Unknown keys are errors here and pass through inside `category_fields`. */
export declare const sharedFields: {
    body: z.ZodMiniOptional<z.ZodMiniString<string>>;
    visible: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
    image_urls: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniString<string>>>;
    url: z.ZodMiniOptional<z.ZodMiniString<string>>;
    video_url: z.ZodMiniOptional<z.ZodMiniString<string>>;
    dont_publish_on_failed_images: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
    product_declaration: z.ZodMiniOptional<z.ZodMiniString<string>>;
};
/** Registered vehicles: the marketplace makes the title and takes the contact from the dealer; sending either is refused. */
export declare const registeredDocumentSchema: z.ZodMiniObject<{
    body: z.ZodMiniOptional<z.ZodMiniString<string>>;
    visible: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
    image_urls: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniString<string>>>;
    url: z.ZodMiniOptional<z.ZodMiniString<string>>;
    video_url: z.ZodMiniOptional<z.ZodMiniString<string>>;
    dont_publish_on_failed_images: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
    product_declaration: z.ZodMiniOptional<z.ZodMiniString<string>>;
    title: z.ZodMiniOptional<z.ZodMiniNever>;
    contact: z.ZodMiniOptional<z.ZodMiniNever>;
    price: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
        type: z.ZodMiniEnum<{
            list: "list";
            reduced: "reduced";
        }>;
        amount: z.ZodMiniInt;
        currency: z.ZodMiniOptional<z.ZodMiniLiteral<"SEK">>;
    }, z.core.$strict>, z.ZodMiniObject<{
        type: z.ZodMiniLiteral<"leasing">;
        amount: z.ZodMiniOptional<z.ZodMiniInt>;
        currency: z.ZodMiniOptional<z.ZodMiniLiteral<"SEK">>;
    }, z.core.$loose>], "type">>>;
    location: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniObject<{
        latitude: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniNumber<number>, z.ZodMiniString<string>]>>;
        longitude: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniNumber<number>, z.ZodMiniString<string>]>>;
        zipcode: z.ZodMiniOptional<z.ZodMiniString<string>>;
        lkf: z.ZodMiniOptional<z.ZodMiniNever>;
    }, z.core.$strict>>>;
    category_fields: z.ZodMiniObject<{
        body_type: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniString<string>>>;
        brand: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniString<string>>>;
        model: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniString<string>>>;
        model_type: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniString<string>>>;
        in_traffic_date: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniISODate>>;
        color: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniString<string>>>;
        is_vat_deductible: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniBoolean<boolean>>>;
        registration_number_hidden: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniBoolean<boolean>>>;
        equipments: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniArray<z.ZodMiniString<string>>>>;
        condition: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniObject<{
            mileage: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniObject<{
                unit: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniEnum<{
                    [x: string]: string;
                }>>>;
                value: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniNumber<number>>>;
            }, z.core.$loose>>>;
            is_new_vehicle: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniBoolean<boolean>>>;
        }, z.core.$loose>>>;
        powertrain: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniObject<{
            transmission: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniString<string>>>;
            fuels: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniArray<z.ZodMiniString<string>>>>;
            power: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniObject<{
                unit: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniEnum<{
                    [x: string]: string;
                }>>>;
                value: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniNumber<number>>>;
            }, z.core.$loose>>>;
        }, z.core.$loose>>>;
        physics: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniObject<{
            gross_weight: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniObject<{
                unit: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniEnum<{
                    [x: string]: string;
                }>>>;
                value: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniNumber<number>>>;
            }, z.core.$loose>>>;
            length: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniObject<{
                unit: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniEnum<{
                    [x: string]: string;
                }>>>;
                value: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniNumber<number>>>;
            }, z.core.$loose>>>;
            number_of_beds: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniInt>>;
        }, z.core.$loose>>>;
        model_year: z.ZodMiniInt;
        registration_number: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniString<string>>>;
        vin: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniString<string>>>;
    }, z.core.$loose>;
}, z.core.$strict>;
/** The other types: boat, bus, truck, construction and agriculture, where title and contact are the source's to give. */
export declare const unregisteredDocumentSchema: z.ZodMiniObject<{
    body: z.ZodMiniOptional<z.ZodMiniString<string>>;
    visible: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
    image_urls: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniString<string>>>;
    url: z.ZodMiniOptional<z.ZodMiniString<string>>;
    video_url: z.ZodMiniOptional<z.ZodMiniString<string>>;
    dont_publish_on_failed_images: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
    product_declaration: z.ZodMiniOptional<z.ZodMiniString<string>>;
    title: z.ZodMiniString<string>;
    contact: z.ZodMiniObject<{
        email: z.ZodMiniEmail;
        name: z.ZodMiniOptional<z.ZodMiniString<string>>;
        phone: z.ZodMiniOptional<z.ZodMiniString<string>>;
    }, z.core.$strict>;
    price: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
        type: z.ZodMiniEnum<{
            list: "list";
            reduced: "reduced";
        }>;
        amount: z.ZodMiniInt;
        currency: z.ZodMiniOptional<z.ZodMiniLiteral<"SEK">>;
    }, z.core.$strict>], "type">>>;
    location: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniObject<{
        latitude: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniNumber<number>, z.ZodMiniString<string>]>>;
        longitude: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniNumber<number>, z.ZodMiniString<string>]>>;
        zipcode: z.ZodMiniOptional<z.ZodMiniString<string>>;
        lkf: z.ZodMiniOptional<z.ZodMiniString<string>>;
    }, z.core.$strict>>>;
    category_fields: z.ZodMiniObject<{}, z.core.$loose>;
}, z.core.$strict>;
/** What can be said of a document whose vehicle type is none: the fields that mean the same for all. */
export declare const anyDocumentSchema: z.ZodMiniObject<{
    body: z.ZodMiniOptional<z.ZodMiniString<string>>;
    visible: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
    image_urls: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniString<string>>>;
    url: z.ZodMiniOptional<z.ZodMiniString<string>>;
    video_url: z.ZodMiniOptional<z.ZodMiniString<string>>;
    dont_publish_on_failed_images: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
    product_declaration: z.ZodMiniOptional<z.ZodMiniString<string>>;
    price: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
        type: z.ZodMiniEnum<{
            list: "list";
            reduced: "reduced";
        }>;
        amount: z.ZodMiniInt;
        currency: z.ZodMiniOptional<z.ZodMiniLiteral<"SEK">>;
    }, z.core.$strict>, z.ZodMiniObject<{
        type: z.ZodMiniLiteral<"leasing">;
        amount: z.ZodMiniOptional<z.ZodMiniInt>;
        currency: z.ZodMiniOptional<z.ZodMiniLiteral<"SEK">>;
    }, z.core.$loose>], "type">>>;
    location: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniObject<{
        latitude: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniNumber<number>, z.ZodMiniString<string>]>>;
        longitude: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniNumber<number>, z.ZodMiniString<string>]>>;
        zipcode: z.ZodMiniOptional<z.ZodMiniString<string>>;
        lkf: z.ZodMiniOptional<z.ZodMiniString<string>>;
    }, z.core.$strict>>>;
    category_fields: z.ZodMiniObject<{}, z.core.$loose>;
}, z.core.$loose>;
/** A whole listing document. Unknown keys of `category_fields` are kept as they came. */
export type ListingDocument = z.infer<typeof registeredDocumentSchema> | z.infer<typeof unregisteredDocumentSchema>;
