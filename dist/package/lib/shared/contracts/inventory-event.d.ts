import * as z from "zod/mini";
import { type Checked } from "./field-error.js";
import { type ListingDocument } from "./listing-document.js";
/** The largest request body and the most events in one, as `POST /sources/{source}/inventory-events` takes them. */
export declare const limits: {
    readonly bodyBytes: number;
    readonly batchEvents: 100;
    readonly documentBytes: number;
};
export declare const dealerCodeSchema: z.ZodMiniString<string>;
export declare const itemIdSchema: z.ZodMiniString<string>;
export declare const eventIdSchema: z.ZodMiniString<string>;
/** The CloudEvents 1.0 envelope; extension attributes other than `sequence` pass unread. */
export declare const cloudEventSchema: z.ZodMiniObject<{
    specversion: z.ZodMiniLiteral<"1.0">;
    id: z.ZodMiniString<string>;
    source: z.ZodMiniString<string>;
    type: z.ZodMiniString<string>;
    time: z.ZodMiniOptional<z.ZodMiniISODateTime>;
    sequence: z.ZodMiniOptional<z.ZodMiniString<string>>;
    data: z.ZodMiniOptional<z.ZodMiniUnknown>;
}, z.core.$loose>;
export type CloudEvent = z.infer<typeof cloudEventSchema>;
/** Who and what an event is about: what a rejected event is filed under, when at least this much of it is readable. */
export declare const itemSchema: z.ZodMiniObject<{
    dealerCode: z.ZodMiniString<string>;
    itemId: z.ZodMiniString<string>;
}, z.core.$strip>;
export declare const upsertedSchema: z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
    dealerCode: z.ZodMiniString<string>;
    itemId: z.ZodMiniString<string>;
    vehicleType: z.ZodMiniEnum<{
        "agriculture-thresher": "agriculture-thresher";
        "agriculture-tools": "agriculture-tools";
        "agriculture-tractor": "agriculture-tractor";
        atv: "atv";
        boat: "boat";
        bus: "bus";
        camper: "camper";
        car: "car";
        caravan: "caravan";
        construction: "construction";
        moped: "moped";
        motorcycle: "motorcycle";
        snowmobile: "snowmobile";
        trailer: "trailer";
        transport: "transport";
        truck: "truck";
    }>;
    ad: z.ZodMiniObject<{
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
}, z.core.$strict>, z.ZodMiniObject<{
    dealerCode: z.ZodMiniString<string>;
    itemId: z.ZodMiniString<string>;
    vehicleType: z.ZodMiniEnum<{
        "agriculture-thresher": "agriculture-thresher";
        "agriculture-tools": "agriculture-tools";
        "agriculture-tractor": "agriculture-tractor";
        atv: "atv";
        boat: "boat";
        bus: "bus";
        camper: "camper";
        car: "car";
        caravan: "caravan";
        construction: "construction";
        moped: "moped";
        motorcycle: "motorcycle";
        snowmobile: "snowmobile";
        trailer: "trailer";
        transport: "transport";
        truck: "truck";
    }>;
    ad: z.ZodMiniObject<{
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
}, z.core.$strict>], "vehicleType">;
export declare const removedSchema: z.ZodMiniObject<{
    dealerCode: z.ZodMiniString<string>;
    itemId: z.ZodMiniString<string>;
    reason: z.ZodMiniEnum<{
        sold: "sold";
        withdrawn: "withdrawn";
    }>;
}, z.core.$strict>;
export declare const chargedSchema: z.ZodMiniObject<{
    dealerCode: z.ZodMiniString<string>;
    itemId: z.ZodMiniString<string>;
}, z.core.$strict>;
/** What each event type carries as `data`. */
export declare const inventoryDataSchemas: {
    readonly "inventory.item.upserted": z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
        dealerCode: z.ZodMiniString<string>;
        itemId: z.ZodMiniString<string>;
        vehicleType: z.ZodMiniEnum<{
            "agriculture-thresher": "agriculture-thresher";
            "agriculture-tools": "agriculture-tools";
            "agriculture-tractor": "agriculture-tractor";
            atv: "atv";
            boat: "boat";
            bus: "bus";
            camper: "camper";
            car: "car";
            caravan: "caravan";
            construction: "construction";
            moped: "moped";
            motorcycle: "motorcycle";
            snowmobile: "snowmobile";
            trailer: "trailer";
            transport: "transport";
            truck: "truck";
        }>;
        ad: z.ZodMiniObject<{
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
    }, z.core.$strict>, z.ZodMiniObject<{
        dealerCode: z.ZodMiniString<string>;
        itemId: z.ZodMiniString<string>;
        vehicleType: z.ZodMiniEnum<{
            "agriculture-thresher": "agriculture-thresher";
            "agriculture-tools": "agriculture-tools";
            "agriculture-tractor": "agriculture-tractor";
            atv: "atv";
            boat: "boat";
            bus: "bus";
            camper: "camper";
            car: "car";
            caravan: "caravan";
            construction: "construction";
            moped: "moped";
            motorcycle: "motorcycle";
            snowmobile: "snowmobile";
            trailer: "trailer";
            transport: "transport";
            truck: "truck";
        }>;
        ad: z.ZodMiniObject<{
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
    }, z.core.$strict>], "vehicleType">;
    readonly "inventory.item.removed": z.ZodMiniObject<{
        dealerCode: z.ZodMiniString<string>;
        itemId: z.ZodMiniString<string>;
        reason: z.ZodMiniEnum<{
            sold: "sold";
            withdrawn: "withdrawn";
        }>;
    }, z.core.$strict>;
    readonly "inventory.item.bump-requested": z.ZodMiniObject<{
        dealerCode: z.ZodMiniString<string>;
        itemId: z.ZodMiniString<string>;
    }, z.core.$strict>;
    readonly "inventory.item.pole-position-requested": z.ZodMiniObject<{
        dealerCode: z.ZodMiniString<string>;
        itemId: z.ZodMiniString<string>;
    }, z.core.$strict>;
};
export type InventoryEventType = keyof typeof inventoryDataSchemas;
export type InventoryData<T extends InventoryEventType> = z.infer<(typeof inventoryDataSchemas)[T]>;
/** Judges an event's `data`, with all that is wrong with it; pointers begin with `/data`. */
export declare function checkInventoryData<T extends InventoryEventType>(type: T, data: unknown): Checked<InventoryData<T>>;
/** A validated inventory event, as it travels in a queue message. */
export declare const inventoryEventSchema: z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
    source: z.ZodMiniString<string>;
    id: z.ZodMiniString<string>;
    time: z.ZodMiniOptional<z.ZodMiniString<string>>;
    sequence: z.ZodMiniOptional<z.ZodMiniString<string>>;
    receivedAt: z.ZodMiniNumber<number>;
    place: z.ZodMiniInt;
    type: z.ZodMiniLiteral<"inventory.item.upserted">;
    data: z.ZodMiniObject<{
        dealerCode: z.ZodMiniString<string>;
        itemId: z.ZodMiniString<string>;
        vehicleType: z.ZodMiniEnum<{
            "agriculture-thresher": "agriculture-thresher";
            "agriculture-tools": "agriculture-tools";
            "agriculture-tractor": "agriculture-tractor";
            atv: "atv";
            boat: "boat";
            bus: "bus";
            camper: "camper";
            car: "car";
            caravan: "caravan";
            construction: "construction";
            moped: "moped";
            motorcycle: "motorcycle";
            snowmobile: "snowmobile";
            trailer: "trailer";
            transport: "transport";
            truck: "truck";
        }>;
        ad: z.ZodMiniType<ListingDocument, unknown, z.core.$ZodTypeInternals<ListingDocument, unknown>>;
    }, z.core.$strip>;
}, z.core.$strip>, z.ZodMiniObject<{
    source: z.ZodMiniString<string>;
    id: z.ZodMiniString<string>;
    time: z.ZodMiniOptional<z.ZodMiniString<string>>;
    sequence: z.ZodMiniOptional<z.ZodMiniString<string>>;
    receivedAt: z.ZodMiniNumber<number>;
    place: z.ZodMiniInt;
    type: z.ZodMiniLiteral<"inventory.item.removed">;
    data: z.ZodMiniObject<{
        dealerCode: z.ZodMiniString<string>;
        itemId: z.ZodMiniString<string>;
        reason: z.ZodMiniEnum<{
            sold: "sold";
            withdrawn: "withdrawn";
        }>;
    }, z.core.$strict>;
}, z.core.$strip>, z.ZodMiniObject<{
    source: z.ZodMiniString<string>;
    id: z.ZodMiniString<string>;
    time: z.ZodMiniOptional<z.ZodMiniString<string>>;
    sequence: z.ZodMiniOptional<z.ZodMiniString<string>>;
    receivedAt: z.ZodMiniNumber<number>;
    place: z.ZodMiniInt;
    type: z.ZodMiniLiteral<"inventory.item.bump-requested">;
    data: z.ZodMiniObject<{
        dealerCode: z.ZodMiniString<string>;
        itemId: z.ZodMiniString<string>;
    }, z.core.$strict>;
}, z.core.$strip>, z.ZodMiniObject<{
    source: z.ZodMiniString<string>;
    id: z.ZodMiniString<string>;
    time: z.ZodMiniOptional<z.ZodMiniString<string>>;
    sequence: z.ZodMiniOptional<z.ZodMiniString<string>>;
    receivedAt: z.ZodMiniNumber<number>;
    place: z.ZodMiniInt;
    type: z.ZodMiniLiteral<"inventory.item.pole-position-requested">;
    data: z.ZodMiniObject<{
        dealerCode: z.ZodMiniString<string>;
        itemId: z.ZodMiniString<string>;
    }, z.core.$strict>;
}, z.core.$strip>], "type">;
export type InventoryEvent = z.infer<typeof inventoryEventSchema>;
