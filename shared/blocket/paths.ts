import type { ChargedCall, ValidateCall, WriteCall } from "#shared/ad/marketplace.ts";
import type { VehicleType } from "#shared/contracts/vehicle-types.ts";

declare const built: unique symbol;
/** A path of ours: only the functions of this file make one, and none of them can name an action. */
export type ApiPath = string & { readonly [built]: true };

/**
 * Whether a listing id can stand in a path without changing where it leads.
 *
 * Encoding is not enough: servers (WSGI among them) decode a path before they route it, which turns `x%2Fbump` into the
 * charged `/v4/ad/x/bump`. So an id with a slash is not usable at all, nor one that a second decoding would give one,
 * nor one that reads as "this folder" or "the one above", nor one with blanks around it, which servers cut off.
 */
export function isUsableListingId(id: string): boolean {
  const isPlain = id.isWellFormed() && id === id.trim() && !/[/\\\p{Cc}]|%(?:2f|5c|2e)/iu.test(id);
  return isPlain && id !== "" && id !== "." && id !== "..";
}

/** A comma separates the ids of `source_id__in`, whatever its encoding: an id with one can only be read alone. */
export function isListable(id: string): boolean {
  return isUsableListingId(id) && !id.includes(",");
}

export function writePath({ call, vehicleType, listingId }: WriteCall): ApiPath {
  switch (call) {
    case "post":
      return toPath(`/v4/${typeSegment(vehicleType)}`);
    case "put":
      return toPath(`/v4/${typeSegment(vehicleType)}/${segment(listingId)}`);
    case "delete":
      return toPath(`/v4/ad/${segment(listingId)}`);
  }
}

/** The two GETs that cost money. */
export function chargedPath({ call, listingId }: Pick<ChargedCall, "call" | "listingId">): ApiPath {
  return toPath(`/v4/ad/${segment(listingId)}/${call}`);
}

export function validatePath({ vehicleType }: Pick<ValidateCall, "vehicleType">): ApiPath {
  return toPath(`/v4/${typeSegment(vehicleType)}/validate`);
}

/** Whether a name that the marketplace gave can stand in a path of `/v4/vehicles`: `brand`, `powertrain.fuel`. */
export function isAttribute(name: string): boolean {
  return /^[a-z][\w-]*(\.[\w-]+)*$/i.test(name);
}

export function attributesPath(vehicleType: VehicleType): ApiPath {
  return toPath(`/v4/vehicles/${typeSegment(vehicleType)}/attributes`);
}

export function valuesPath(vehicleType: VehicleType, attribute: string): ApiPath {
  if (!isAttribute(attribute)) {
    throw new Error("an attribute that is no plain name got as far as the path");
  }
  return toPath(`/v4/vehicles/${typeSegment(vehicleType)}/${attribute}`);
}

/** Only of cars are the models listed. */
export function modelsPath(brand: string): ApiPath {
  return toPath(`/v4/vehicles/car/models?brand=${encodeURIComponent(brand)}`);
}

export function adPath(listingId: string): ApiPath {
  return toPath(`/v4/ad/${segment(listingId)}`);
}

/** Newest first: what is added meanwhile then moves entries to the next page, where they are seen twice, not past it. */
export function logPath(listingId: string, page: { limit: number; offset: number }): ApiPath {
  return toPath(`/v4/ad/${segment(listingId)}/log?limit=${page.limit}&offset=${page.offset}&ordering=-created`);
}

/** Oldest first, for the same reason: new rows come after those already read. */
export function listPath(listingIds: readonly string[], page: { limit: number; offset: number }): ApiPath {
  const ids = listingIds.map(segment).join(",");
  return toPath(`/v4/ad?source_id__in=${ids}&include=log&ordering=created&limit=${page.limit}&offset=${page.offset}`);
}

/** Two ads of a dealer: one, and another. */
export function dealerPath(dealerCode: string): ApiPath {
  return toPath(`/v4/ad?dealer_code=${encodeURIComponent(dealerCode)}&limit=2`);
}

function typeSegment(vehicleType: WriteCall["vehicleType"]): string {
  if (vehicleType === null) {
    throw new Error("a POST or PUT without a vehicle type has no address");
  }
  return encodeURIComponent(vehicleType);
}

function segment(listingId: string): string {
  if (!isUsableListingId(listingId)) {
    throw new Error("a listing id that is not usable in a path got as far as the path");
  }
  return encodeURIComponent(listingId);
}

function toPath(path: string): ApiPath {
  return path as ApiPath;
}
