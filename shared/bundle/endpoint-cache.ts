/**
 * Stands in for `@aws-sdk/endpoint-cache` in the bundles. The DynamoDB client makes one, and asks it only where its
 * endpoints are to be discovered, which none of ours is told to.
 */
export class EndpointCache {
  get(): never {
    throw new Error("endpoints are to be discovered: the bundles leave that part of the SDK out");
  }
}
