import type { AttributeValue } from "@aws-sdk/client-dynamodb";

export type Item = Record<string, AttributeValue>;

/** A condition on what is stored; names in `expression` are written `#name`. */
export type Condition = { expression: string; names: Record<string, string>; values?: Item };

export function isNew(): Condition {
  return { expression: "attribute_not_exists(#pk)", names: { "#pk": "pk" } };
}

/** That the number stored under `name` is still this one. */
export function isStill(name: string, value: number): Condition {
  return { expression: "#n = :n", names: { "#n": name }, values: { ":n": { N: String(value) } } };
}

/** That nothing was stored since it was read: nothing at all where the number under `name` is 0, else still this one. */
export function isUnchanged(name: string, value: number): Condition {
  return value === 0 ? isNew() : isStill(name, value);
}

export function toExpression({ expression, names, values }: Condition) {
  return {
    ConditionExpression: expression,
    ExpressionAttributeNames: names,
    ...(values === undefined ? {} : { ExpressionAttributeValues: values }),
  };
}
