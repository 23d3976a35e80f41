/**
 * Stands in for `@smithy/core/event-streams` in the bundles: no call of ours streams events. The SDK imports the real one
 * when a call does, and that import keeps them in each bundle.
 */
export class EventStreamSerde {
  constructor() {
    throw new Error("a call that streams events was made: the bundles leave that part of the SDK out");
  }
}
export const eventStreamSerdeProvider = () => new EventStreamSerde();
