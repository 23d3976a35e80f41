import { longestUrl } from "#shared/contracts/public-url.ts";
import { type VehicleType, vehicleTypeNames, vehicleTypes } from "#shared/contracts/vehicle-types.ts";

/**
 * A rule by a change that breaks it: `path` in the `data` of a published example is set to `value`, or taken away where that is
 * undefined. `pointer` and `code` are what the door answers then, for the example of each of `types`. `source` is the sentence
 * it stands on.
 */
export type RuleExample = {
  types: readonly VehicleType[];
  path: string;
  value: unknown;
  pointer: string;
  code: string;
  source: string;
};

type Row = [path: string, value: unknown, code: string, source: string, pointer?: string];

const rows = (types: readonly VehicleType[], examples: Row[]): RuleExample[] =>
  examples.map(([path, value, code, source, pointer = `/data/${path}`]) => ({
    types,
    path,
    value,
    pointer,
    code,
    source,
  }));

export const registeredTypes = vehicleTypeNames.filter((name) => vehicleTypes[name].registered);
export const otherTypes = vehicleTypeNames.filter((name) => !vehicleTypes[name].registered);

const own = "the bridge's own";
const T = (section: string) => `T, "${section}"`;
const C = (section: string) => `C, "${section}"`;
const G = "G, common fields";
const oneReal400 = "*inferred*: a real 400 for free text is public";
const publicFields = "*inferred* from what is public of the fields";
const unsaid = "*inferred*: no document says it";
const fields = "ad/category_fields";

const listPrice = (amount: number) => ({ type: "list", amount });

/** Types whose ads say how far they have been driven, and those of them with an engine to choose. */
const driven: VehicleType[] = ["car", "transport", "motorcycle", "moped", "snowmobile", "atv", "camper"];
const engined: VehicleType[] = ["car", "moped", "camper"];

/** What the marketplace would refuse, or nobody could act on: the event is rejected. */
export const errorExamples: RuleExample[] = [
  ...rows(vehicleTypeNames, [
    ["dealerCode", undefined, "required", own],
    ["dealerCode", "DE MO", "invalid-format", own],
    ["itemId", undefined, "required", own],
    ["itemId", "", "too-small", own],
    ["itemId", "x".repeat(201), "too-big", own],
    ["vehicleType", "lorry", "invalid-value", T("Typed endpoints")],
    ["colour", "red", "unknown-field", own],
    ["ad", undefined, "required", T("Ad fields")],
    ["ad/source_id", "mine", "unknown-field", "the bridge gives it"],
    ["ad/mileage", 4200, "unknown-field", T("category_fields")],
    ["ad/body", 7, "invalid-type", T("Ad fields")],
    ["ad/visible", "yes", "invalid-type", T("Ad fields")],
    ["ad/dont_publish_on_failed_images", 1, "invalid-type", T("Ad fields")],
    ["ad/price", 249000, "invalid-type", T("price")],
    ["ad/price/0/type", "monthly", "invalid-value", T("price")],
    ["ad/price/0/amount", undefined, "required", T("price")],
    ["ad/price/0/amount", 249000.5, "invalid-type", T("price")],
    ["ad/price/0/amount", -1, "too-small", T("price")],
    ["ad/price/0/currency", "EUR", "invalid-value", T("price")],
    ["ad/price/0/vat", true, "unknown-field", T("price")],
    ["ad/image_urls/0", "1.jpg", "invalid-format", T("image_urls")],
    ["ad/image_urls/0", "https://images.dealer.example/a b.jpg", "invalid-format", own],
    ["ad/image_urls/0", "http://images.dealer.example/1.jpg", "not-https", "G, images: HTTPS only"],
    ["ad/image_urls/0", "https://kim:secret@images.dealer.example/1.jpg", "url-credentials", own],
    ["ad/image_urls/0", "https://images.dealer.example:8443/1.jpg", "url-port", own],
    ["ad/image_urls/0", "https://192.0.2.7/1.jpg", "url-address", own],
    ["ad/image_urls/0", "https://images.internal/1.jpg", "url-internal", own],
    ["ad/image_urls/0", `https://images.dealer.example/${"x".repeat(longestUrl)}.jpg`, "too-big", own],
    ["ad/url", "dealer.example", "invalid-format", T("Ad fields")],
    ["ad/video_url", "video", "invalid-format", T("Ad fields")],
    ["ad/product_declaration", "declaration.pdf", "invalid-format", T("Ad fields")],
    ["ad/location", { latitude: 59.3 }, "incomplete-coordinates", T("location")],
    [
      "ad/location",
      { latitude: "north", longitude: 18 },
      "invalid-format",
      T("location"),
      "/data/ad/location/latitude",
    ],
    ["ad/location", { latitude: 91, longitude: 18 }, "out-of-range", T("location"), "/data/ad/location/latitude"],
    ["ad/location", { latitude: 59, longitude: -181 }, "out-of-range", T("location"), "/data/ad/location/longitude"],
    ["ad/location/zipcode", "121 33", "invalid-format", T("location")],
    [fields, undefined, "required", T("Ad fields")],
  ]),
  ...rows(registeredTypes, [
    ["ad/title", "Volvo V60", "not-for-this-type", T("Ad fields")],
    ["ad/contact", { email: "a@b.se" }, "not-for-this-type", T("Ad fields")],
    ["ad/location/lkf", "0380", "not-for-this-type", T("location")],
    [fields, { model_year: 2019 }, "no-plate-or-vin", unsaid],
    [`${fields}/model_year`, undefined, "required", unsaid],
    [`${fields}/model_year`, "2021", "invalid-type", G],
    [`${fields}/model_year`, 1899, "too-small", publicFields],
    [`${fields}/model_year`, 2101, "too-big", publicFields],
    [`${fields}/registration_number`, "ABC 123", "too-big", publicFields],
    [`${fields}/registration_number`, "", "too-small", publicFields],
    [`${fields}/registration_number`, "AB C12", "invalid-format", publicFields],
    [`${fields}/vin`, "YV1", "too-small", publicFields],
    [`${fields}/vin`, "YV1ZWA8VDM1234567890", "too-big", publicFields],
    [`${fields}/brand`, "Volvo", "invalid-format", oneReal400],
    [`${fields}/body_type`, "Station wagon", "invalid-format", oneReal400],
    [`${fields}/model`, 60, "invalid-type", G],
    [`${fields}/model_type`, 6, "invalid-type", publicFields],
    [`${fields}/in_traffic_date`, "14/5 2019", "invalid-format", publicFields],
    [`${fields}/color`, 3, "invalid-type", publicFields],
    [`${fields}/is_vat_deductible`, "no", "invalid-type", publicFields],
    [`${fields}/registration_number_hidden`, "no", "invalid-type", publicFields],
    [`${fields}/equipments`, "tow-bar", "invalid-type", publicFields],
    [`${fields}/condition`, "good", "invalid-type", G],
    [`${fields}/condition/mileage`, 4200, "invalid-type", G],
    [`${fields}/condition/mileage/unit`, "miles", "invalid-value", G],
    [`${fields}/condition/mileage/value`, -1, "too-small", G],
    [`${fields}/condition/is_new_vehicle`, "no", "invalid-type", G],
    [`${fields}/powertrain/transmission`, 5, "invalid-type", G],
    [`${fields}/powertrain/fuels`, "diesel", "invalid-type", G],
    [`${fields}/powertrain/power/unit`, "ps", "invalid-value", G],
    [`${fields}/physics/gross_weight/unit`, "ton", "invalid-value", "G, camper example"],
    [`${fields}/physics/length/unit`, "cm", "invalid-value", "G, camper example"],
    [`${fields}/physics/number_of_beds`, 2.5, "invalid-type", "G, camper example"],
  ]),
  ...rows(otherTypes, [
    ["ad/title", undefined, "required", T("Ad fields")],
    ["ad/title", "  ", "invalid-format", T("Ad fields")],
    ["ad/contact", undefined, "required", T("Ad fields")],
    ["ad/contact/email", undefined, "required", T("contact")],
    ["ad/contact/email", "kim", "invalid-format", T("contact")],
    ["ad/contact/phone", "070-123 45 67", "invalid-format", T("contact")],
    ["ad/contact/name", 5, "invalid-type", T("contact")],
    ["ad/contact/fax", "1", "unknown-field", T("contact")],
    ["ad/price/0/type", "leasing", "invalid-value", T("price")],
    ["ad/location/lkf", "038", "invalid-format", T("lkf")],
  ]),
];

/** What the marketplace takes and the dealer would regret: the event is queued, and this is said with it. */
export const warningExamples: RuleExample[] = [
  ...rows(vehicleTypeNames, [
    ["ad/body", undefined, "missing-body", `${C("POST /ad")}: required there`],
    ["ad/body", "Pris < 100 000", "replaced-characters", T("Caveats")],
    ["ad/price", [], "missing-price", `${C("POST /ad")}: required there`],
    ["ad/price/0/amount", 0, "zero-price", 'G, "call"'],
    ["ad/price/0/type", "reduced", "reduced-on-create", T("price")],
    ["ad/price", [listPrice(249_000), listPrice(239_000)], "several-prices", own, "/data/ad/price/1"],
    ["ad/image_urls", [], "missing-pictures", T("image_urls")],
    ["ad/image_urls/0", "https://images.dealer.example/1.webp?w=800", "picture-format", T("image_urls")],
    [
      "ad/image_urls",
      Array.from({ length: 39 }, (_, n) => `https://images.dealer.example/${n}.jpg`),
      "too-many-pictures",
      `${C("image_urls")}; the first 38 go out`,
    ],
    ["ad/video_url", "https://dealer.example/film.mp4", "video-host", T("Ad fields")],
    ["ad/location/zipcode", "12133", "several-places", T("location"), "/data/ad/location"],
    ["ad/location", { latitude: 18.0686, longitude: 59.3293 }, "outside-sweden", own],
  ]),
  ...rows(registeredTypes, [
    [`${fields}/brand`, undefined, "missing-field", G],
    [`${fields}/model`, undefined, "missing-field", G],
    [`${fields}/body_type`, undefined, "missing-field", G],
  ]),
  ...rows(registeredTypes, [[`${fields}/physics/length`, {}, "missing-field", G]]),
  ...rows(["caravan", "trailer"], [[`${fields}/mileage`, 100, "misplaced-field", T("category_fields")]]),
  ...rows(driven, [
    [`${fields}/condition/mileage`, undefined, "missing-field", G],
    [`${fields}/condition/mileage/value`, undefined, "missing-field", G, `/data/${fields}/condition/mileage`],
    [`${fields}/condition/mileage/unit`, undefined, "missing-unit", G, `/data/${fields}/condition/mileage`],
  ]),
  ...rows(engined, [
    [`${fields}/powertrain/transmission`, undefined, "missing-field", G],
    [`${fields}/powertrain/fuels`, [], "missing-field", G],
  ]),
  ...rows(
    ["boat"],
    [
      [`${fields}/brand`, undefined, "missing-field", T("category_fields")],
      [`${fields}/model_year`, undefined, "missing-field", T("category_fields")],
    ],
  ),
];
