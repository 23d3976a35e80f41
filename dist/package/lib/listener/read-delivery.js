class NotAnAdEventError extends Error {
  name = "NotAnAdEventError";
}
function readDelivery(delivery) {
  const { "detail-type": type, detail } = fieldsOf(delivery);
  const { metadata, data } = fieldsOf(detail);
  const { id, sequence, dealerCode, itemId } = fieldsOf(metadata);
  if (typeof type !== "string" || typeof id !== "string" || typeof sequence !== "number") {
    throw new NotAnAdEventError(
      "this is no ad event: it lacks its detail-type, its metadata.id or its metadata.sequence"
    );
  }
  const { late, source } = fieldsOf(data);
  return {
    event: { type, metadata, data },
    ad: JSON.stringify(itemId === null ? ["source", source] : [dealerCode, itemId]),
    fact: { id, type, sequence, isLate: late === true }
  };
}
function fieldsOf(value) {
  return typeof value === "object" && value !== null ? value : {};
}
export {
  NotAnAdEventError,
  readDelivery
};
