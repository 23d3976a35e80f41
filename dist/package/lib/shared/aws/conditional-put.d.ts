import { type AttributeValue, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
export type Item = Record<string, AttributeValue>;
export type TableAccess = {
    client: DynamoDBClient;
    tableName: string;
};
/** A condition on what is stored; names in `expression` are written `#name`. */
export type Condition = {
    expression: string;
    names: Record<string, string>;
    values?: Item;
};
export declare function isNew(): Condition;
/** That the number stored under `name` is still this one. */
export declare function isStill(name: string, value: number): Condition;
/**
 * Stores an item if the condition holds. When the SDK repeats a call whose answer was lost, the condition fails on our own
 * write: so each write has an id, and a failed one reads what is stored before it calls that a conflict.
 */
export declare function putIf({ client, tableName }: TableAccess, { item, condition }: {
    item: Item;
    condition: Condition;
}): Promise<"saved" | "conflict">;
export declare function toExpression({ expression, names, values }: Condition): {
    ConditionExpression: string;
    ExpressionAttributeNames: Record<string, string>;
    ExpressionAttributeValues?: Item;
};
/** A failed condition is an answer, every other failure an error. */
export declare function sendIf(send: () => Promise<unknown>): Promise<"saved" | "conflict">;
/** One item, strongly consistent; undefined when there is none. */
export declare function readItem({ client, tableName }: TableAccess, Key: Item): Promise<Item | undefined>;
