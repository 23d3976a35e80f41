import * as z from "zod/mini";
export declare const registeredFieldsSchema: z.ZodMiniObject<{
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
/** Of boats little is public, of the other unregistered types nothing: all of it goes out as it came. */
export declare const unregisteredFieldsSchema: z.ZodMiniObject<{}, z.core.$loose>;
