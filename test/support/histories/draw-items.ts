import type { Item } from "./history.ts";
import { chance, pick, type Random } from "./random.ts";

/** Two of one group, and one with a token of its own. */
export const dealers = ["DEMO", "DEMO2", "SOLO"] as const;

/** Four things for sale: at two dealers of one group and at one with a token of its own, some registered, some not. */
export function drawItems(random: Random): Item[] {
  return ["a", "b", "c", "d"].map((letter, place) => {
    const dealerCode = dealers[place] ?? pick(random, dealers);
    const isLegacy = dealerCode === "SOLO" && chance(random, 0.5);
    const isRegistered = chance(random, 0.65);
    return {
      source: isLegacy ? "legacy" : "dms",
      dealerCode,
      itemId: `${isRegistered ? "car" : "boat"}-${letter}`,
      documents: isRegistered ? drawCars(random, `AB${letter.toUpperCase()}12${place}`) : drawBoats(random),
      ...(isLegacy && { formerLife: drawFormerLife(random) }),
    };
  });
}

type Document = Item["documents"][number];

/** Half of the listings that are taken over are there; some of those have been changed. */
function drawFormerLife(random: Random): number[] {
  return chance(random, 0.5) ? [] : chance(random, 0.5) ? [0] : [1, 0];
}

/** The first two are sound; the others are now and then hidden, with bad pictures, or refused. */
function drawCars(random: Random, plate: string): Document[] {
  const car = (ad: Record<string, unknown>, fields: Record<string, unknown> = {}): Document => ({
    vehicleType: "car",
    ad: {
      ...ad,
      category_fields: { brand: "volvo", model: "v60", model_year: 2020, registration_number: plate, ...fields },
    } as Document["ad"],
  });
  const documents = [
    car({ body: "A fine car.", price: price(99_000) }),
    car({ price: price(89_000), url: "https://dealer.example/car" }, { condition: { mileage: mileage(7_000) } }),
    car({ body: "Hidden.", price: price(99_000), visible: false }, { color: "red" }),
    drawPictured(random, car),
  ];
  if (chance(random, 0.3)) {
    documents.push(car({ body: "Refused." }, { brand: "trabant" }));
  }
  if (chance(random, 0.3)) {
    documents.push(car({ body: "Reduced.", price: [...price(99_000), ...price(79_000, "reduced")] }));
  }
  documents.push(car({ body: "Another plate.", price: price(99_000) }, { registration_number: `Z${plate.slice(1)}` }));
  documents.push({ ...car({ body: "In truth a moped." }), vehicleType: "moped" });
  return documents;
}

function drawBoats(random: Random): Document[] {
  const boat = (ad: Record<string, unknown>, fields: Record<string, unknown> = {}): Document => ({
    vehicleType: "boat",
    ad: {
      title: "A boat",
      contact: { email: "skipper@example.com" },
      ...ad,
      category_fields: { brand: "yamarin", model_year: 2015, ...fields },
    } as Document["ad"],
  });
  const documents = [
    boat({ body: "It floats <still>.", price: price(49_000) }),
    boat({ price: price(45_000), contact: { email: "skipper@example.com", name: "Kim" } }, { equipments: ["anchor"] }),
    boat({ body: "Hidden.", visible: false }),
    drawPictured(random, boat),
  ];
  if (chance(random, 0.3)) {
    documents.push(boat({ body: "Refused." }, { brand: "trabant" }));
  }
  return documents;
}

/** Pictures from a host of the simulator's that works, or from one that doesn't, with or without insisting on them. */
function drawPictured(random: Random, make: (ad: Record<string, unknown>) => Document): Document {
  const host = chance(random, 0.5) ? "pictures.example" : "broken.example";
  return make({
    body: "With pictures.",
    price: price(91_000),
    image_urls: [`https://${host}/1.jpg`],
    ...(chance(random, 0.4) && { dont_publish_on_failed_images: true }),
  });
}

const price = (amount: number, type = "list") => [{ type, amount, currency: "SEK" }];
const mileage = (value: number) => ({ unit: "mil", value });
