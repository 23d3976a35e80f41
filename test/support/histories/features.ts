/**
 * What the bridge can do by now, in one place: histories use, and hold against it, what is true here.
 *
 * `watches`: reads after doubt, error and missing publish, with comparison and repair; without them nothing may land or
 * recover after its submission has ended. `corrections`: changed plates and types. `charged`: bump and pole
 * position. `formerLives`: listings that an earlier integration wrote are taken over. `rootsAfterStall`: the
 * line that says what a request was comes later than its write is told as stalled.
 */
export const features = { watches: true, corrections: true, charged: true, formerLives: false, rootsAfterStall: false };
