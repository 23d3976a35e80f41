import { Buffer } from "node:buffer";

/*
 * What ads as JSON have in common, in an order in which they say it. An item is stored as the difference to this text: a car
 * of 3 KB with all that is known of it then fits in about 1 KB, which is what DynamoDB bills as one unit of writing.
 *
 * Items say by a checksum which text they were written with. To change this one is to add another and to keep this one for
 * reading: without it, what was stored under it is lost.
 */

const fields =
  '"body_type":"wagon","brand":"volvo","model":"","model_type":"","model_year":20,"in_traffic_date":"20,"registration_number":"' +
  ',"vin":"YV1","color":"blue","is_vat_deductible":false,"registration_number_hidden":false,"equipments":["' +
  '"condition":{"mileage":{"unit":"mil","value":},"is_new_vehicle":false},"powertrain":{"transmission":"automatic","manual"' +
  '"fuels":["gasoline","diesel","electric"],"power":{"unit":"hp","value":"kw"}},"physics":{"gross_weight":{"unit":"kg","value":';

const document =
  '{"vehicleType":"car","ad":{"category_fields":{' +
  fields +
  '}},"body":"","title":"","contact":{"email":"","name":"","phone":"+46"},"image_urls":["https://images.","https://www.' +
  '.jpg","https://"],"url":"https://","video_url":"https://www.youtube.com/watch?v=","price":[{"type":"list","amount":' +
  ',"currency":"SEK"},{"type":"reduced"}],"location":{"latitude":5,"longitude":1},"visible":true,' +
  '"dont_publish_on_failed_images":false}},"warnings":[{"pointer":"/category_fields/","code":"","message":"';

const held =
  '"held":["/visible","/dont_publish_on_failed_images","/category_fields/model_year","/category_fields/registration_number",' +
  '"/category_fields/vin","/category_fields/body_type","/category_fields/brand","/category_fields/model",' +
  '"/category_fields/model_type","/category_fields/in_traffic_date","/category_fields/color",' +
  '"/category_fields/is_vat_deductible","/category_fields/registration_number_hidden","/category_fields/equipments",' +
  '"/category_fields/condition/mileage/unit","/category_fields/condition/mileage/value",' +
  '"/category_fields/condition/is_new_vehicle","/category_fields/powertrain/transmission","/category_fields/powertrain/fuels",' +
  '"/category_fields/powertrain/power/unit","/category_fields/powertrain/power/value","/body","/title","/contact",' +
  '"/image_urls","/url","/video_url","/price","/location/latitude","/location/longitude"]';

const outbox =
  '"outbox":[{"kind":"ad-event","event":{"type":"AdUpdated","AdErrored","AdDeleted","AdPublished","metadata":{"id":"",' +
  '"schemaVersion":1,"dealerCode":"","itemId":"","listingId":"","sequence":1,"occurredAt":"2026-",' +
  '"publishedAt":"2026-","correlationId":"","causationId":"","replay":false},"data":{"blocketAdId":"14","warnings":[]}}},' +
  '{"kind":"receipt","receipt":{"source":"","eventId":"","outcome":"superseded","suppressed","failed","applied",' +
  '"reason":"absent","published","submission":1,"at":17}}]';

const submission =
  '{"purpose":"wish","call":"delete","put","post","want":{"kind":"no-ad"},"want":{"kind":"document","hash":""},' +
  '"event":{"source":"","id":""},"owes":true,"charge":null,"number":1,"listingId":"","begunAt":17,"leaseUntil":17,' +
  '"phase":{"kind":"calling","attemptId":"","callUntil":17},"phase":{"kind":"answered","since":17},"attempts":1,' +
  '"mayHaveReached":true,"isAccepted":true,"wasInDoubt":false,"overtaken":false,"roots":["update"],"roots":["create"],' +
  '"withoutNulls":false,"stallTold":false,"mediaTold":[],"warnings":[]}';

const record =
  '{"schemaVersion":1,"key":{"dealerCode":"","itemId":""},"tokenId":"","wish":{"owes":false,"repairs":0,"isChecked":false,' +
  '"stallTold":false,"notBefore":17,"want":{"kind":"document","hash":""},"order":{"sequence":null,"time":17,' +
  '"receivedAt":17,"place":0},"event":{"source":"","id":""},"acceptedAt":17,"listingIds":"uuid","state":"taken"},' +
  '"state":"ended"},"listings":[{"id":"","generation":1,"vehicleType":"car","plate":"","seen":true,"isAccepted":true,' +
  '"deleted":false,"wasAbsent":false,"gone":false,"blocketAdId":"14","blocketAdId":null,' +
  held +
  ',"requests":{"":{"owner":1,"call":"put","call":"post","correlationId":"","isHidden":false}},"entries":[],"untold":{},' +
  '"fingerprint":"","unchangedSince":17,"readAt":0,"watchedSince":null,"repairs":0,"past":[],"newestTold":"2026-","newestTold":null}],' +
  '"submissions":[' +
  submission +
  '],"charges":[],"nextSubmission":2,"settled":null,"settled":{"submission":1,"want":{"kind":"document","hash":""},' +
  '"outcome":"published","clean":true,"warnings":[],"at":17},"sequence":1,"sequence":0,"outbox":[],"heldUntil":null,"askedAt":null';

/** The text that items are written as a difference to. What is common comes last: nearer is cheaper to refer to. */
export const adDictionary = Buffer.from(`${document},${outbox},${record},"documents":{"":`);
