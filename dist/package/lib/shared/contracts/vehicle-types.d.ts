/**
 * The vehicle types of the V4 API, with what our decisions need to know of each.
 *
 * `registered`: the marketplace knows the vehicle by its plate. Such an ad carries neither `title` nor `contact`,
 * and once deleted it cannot be revived. Source: typed-endpoints document, "Ad fields" and "category_id".
 */
export declare const vehicleTypes: {
    readonly car: {
        readonly categoryId: 1020;
        readonly registered: true;
    };
    readonly transport: {
        readonly categoryId: 1021;
        readonly registered: true;
    };
    readonly motorcycle: {
        readonly categoryId: 1140;
        readonly registered: true;
    };
    readonly moped: {
        readonly categoryId: 1121;
        readonly registered: true;
    };
    readonly snowmobile: {
        readonly categoryId: 1180;
        readonly registered: true;
    };
    readonly atv: {
        readonly categoryId: 1143;
        readonly registered: true;
    };
    readonly camper: {
        readonly categoryId: 1102;
        readonly registered: true;
    };
    readonly caravan: {
        readonly categoryId: 1101;
        readonly registered: true;
    };
    readonly trailer: {
        readonly categoryId: 1045;
        readonly registered: true;
    };
    readonly boat: {
        readonly categoryId: 1060;
        readonly registered: false;
    };
    readonly "agriculture-thresher": {
        readonly categoryId: 1227;
        readonly registered: false;
    };
    readonly "agriculture-tractor": {
        readonly categoryId: 1228;
        readonly registered: false;
    };
    readonly "agriculture-tools": {
        readonly categoryId: 1229;
        readonly registered: false;
    };
    readonly bus: {
        readonly categoryId: 1321;
        readonly registered: false;
    };
    readonly truck: {
        readonly categoryId: 1322;
        readonly registered: false;
    };
    readonly construction: {
        readonly categoryId: 1323;
        readonly registered: false;
    };
};
export type VehicleType = keyof typeof vehicleTypes;
export declare const vehicleTypeNames: [VehicleType, ...VehicleType[]];
export declare function isVehicleType(name: string): name is VehicleType;
