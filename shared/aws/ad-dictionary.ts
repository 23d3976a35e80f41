import { Buffer } from "node:buffer";

/*
 * What ads as JSON have in common, in an order in which they say it. An item is stored as the difference to this text: a car
 * of 3 KB with all that is known of it then fits in about 1 KB, which is what DynamoDB bills as one unit of writing.
 *
 * An item says by a checksum which text it was written with (`ad-text.ts`). This one never changes, not by a letter: a better
 * one is added beside it, and this one kept for reading. One version reads it before the next writes with it: else that
 * next one could not be rolled back. Without it, what was stored under it is lost.
 */

const fields =
  '"model_year":20,"registration_number":"ABC123","vin":"YV1","body_type":"wagon","brand":"volvo","model":"","model_type":"",' +
  '"in_traffic_date":"20","color":"blue","is_vat_deductible":false,"registration_number_hidden":false,"equipments":["tow-bar","' +
  '"],"condition":{"mileage":{"unit":"mil","value":},"is_new_vehicle":false},"powertrain":{"transmission":"automatic","manual"' +
  ',"fuels":["gasoline","diesel","electric","hybrid"],"power":{"unit":"hp","kw","value":},"physics":{"gross_weight":{"unit":"kg"';

const words =
  " och med för till från på av en ett är inte säljes bilen fullservad servicehistorik servicebok nybesiktigad ägare " +
  "vinterhjul sommarhjul vinterdäck på fälg, dragkrok, backkamera, parkeringssensorer, motorvärmare, farthållare, " +
  "klimatanläggning, skinnklädsel, panoramatak, rattvärme, navigation, Apple CarPlay, Bluetooth, finansiering, garanti, leverans " +
  "i hela landet. Välkommen att kontakta oss för mer information! Reservation för eventuella skrivfel. Utrustning: ";

const document =
  '{"vehicleType":"car","ad":{"category_fields":{' +
  fields +
  '}},"title":"","body":"' +
  words +
  '","visible":true,"dont_publish_on_failed_images":false,"contact":{"name":"","email":"","phone":"+46"},"image_urls":["https://' +
  'images.dealer.se/0-large.jpg","https://www..jpg"],"url":"https://","video_url":"https://www.youtube.com/watch?v=",' +
  '"price":[{"type":"list","amount":249000,"currency":"SEK"},{"type":"reduced"}],' +
  '"location":{"latitude":59.,"longitude":18.}}},"warnings":[{"pointer":"/category_fields/","code":"","message":"';

const held =
  '"held":["/visible","/dont_publish_on_failed_images","/category_fields/model_year","/category_fields/registration_number",' +
  '"/category_fields/vin","/category_fields/body_type","/category_fields/brand","/category_fields/model",' +
  '"/category_fields/model_type","/category_fields/in_traffic_date","/category_fields/color",' +
  '"/category_fields/is_vat_deductible","/category_fields/registration_number_hidden","/category_fields/equipments",' +
  '"/category_fields/condition/mileage/unit","/category_fields/condition/mileage/value",' +
  '"/category_fields/condition/is_new_vehicle","/category_fields/powertrain/transmission","/category_fields/powertrain/fuels",' +
  '"/category_fields/powertrain/power/unit","/category_fields/powertrain/power/value","/title","/contact","/body",' +
  '"/image_urls","/url","/video_url","/price","/location/latitude","/location/longitude"]';

const outbox =
  '"outbox":[{"kind":"ad-event","event":{"type":"AdUpdated","AdErrored","AdDeleted","AdPublished","metadata":{"id":"",' +
  '"schemaVersion":1,"dealerCode":"","itemId":"","listingId":"","sequence":1,"occurredAt":"20:00.000Z",' +
  '"publishedAt":"20:00.000Z","correlationId":"","causationId":"","replay":false},"data":{"blocketAdId":"14","warnings":[]}}},' +
  '{"kind":"receipt","receipt":{"source":"","eventId":"","outcome":"superseded","suppressed","failed","applied",' +
  '"reason":"absent","published","submission":1,"at":17}}],"heldUntil":null,"askedAt":null}';

const submission =
  '{"purpose":"wish","call":"delete","put","post","want":{"kind":"no-ad"},"want":{"kind":"document","hash":"' +
  '"},"event":{"source":"","id":"01"},"owes":true,"charge":null,"number":2,"listingId":"","begunAt":17,"leaseUntil":17' +
  ',"phase":{"kind":"calling","attemptId":"","callUntil":17' +
  '},"phase":{"kind":"answered","since":17},"attempts":1,"mayHaveReached":true,"isAccepted":true,"wasInDoubt":false,' +
  '"mayHaveReached":false,"isAccepted":false,"wasInDoubt":false,"overtaken":false,"roots":["delete"],"roots":["create"],' +
  '"roots":["update"],"withoutNulls":false,"stallTold":false,"mediaTold":[],"warnings":[]}';

const record =
  '{"schemaVersion":1,"tokenId":"","wish":{"owes":true,"repairs":0,"isChecked":false,"stallTold":false,"notBefore":17' +
  ',"want":{"kind":"no-ad"},"wish":{"owes":false,"repairs":0,"isChecked":false,"stallTold":false,"notBefore":17' +
  ',"want":{"kind":"document","hash":""},"order":{"sequence":null,"time":17,"receivedAt":17,"place":0},"event":{"source":"' +
  '","id":"01"},"acceptedAt":17,"listingIds":"uuid","state":"taken"},"listingIds":"uuid","state":"ended"},"listings":[{"id":"' +
  '","generation":1,"vehicleType":"car","plate":"","seen":false,"isAnothers":false,"isAccepted":false,"deleted":false,' +
  '"wasAbsent":false,"gone":false,"blocketAdId":null,"seen":true,"isAnothers":false,"isAccepted":true,"deleted":false,' +
  '"wasAbsent":false,"gone":false,"blocketAdId":"14",' +
  held +
  ',"requests":{"":{"owner":1,"call":"post","correlationId":"01","isHidden":false},"":{"owner":2,"call":"delete","call":"put",' +
  '"correlationId":"01","isHidden":false}},"entries":[],"untold":{},"fingerprint":"","unchangedSince":17,"readAt":0,' +
  '"watchedSince":null,"repairs":0,"past":[],"newestTold":null}],"newestTold":"20:00Z"}],"submissions":[' +
  submission +
  '],"submissions":[],"charges":[],"nextSubmission":2,"settled":null,"charges":[],"nextSubmission":3,"settled":{"submission":1,' +
  '"want":{"kind":"no-ad"},"outcome":"absent","want":{"kind":"document","hash":""},"outcome":"published","clean":true,' +
  '"warnings":[],"at":17},"documents":{},"sequence":1,"outbox":[],"heldUntil":null,"askedAt":null}';

/** The text that items are written as a difference to. What is common comes last: nearer is cheaper to refer to. */
export const adDictionary = Buffer.from(`${document},${outbox},${record}"documents":{"":`);
