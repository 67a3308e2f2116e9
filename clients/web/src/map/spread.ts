/** Markers side by side: each as near to its country as the others let it. */

export type Spot = { x: number; y: number };
type Size = { width: number; height: number };

/** Enough for forty markers in the Balkans; it takes a few milliseconds. */
const ROUNDS = 400;
/** Until then markers are drawn back to where they belong; after it they only make room. */
const SETTLED = 300;
const PULL = 0.03;

/** Where the markers of `anchors` go, none over another, all inside `frame`. The same for the same input. */
export function spread(anchors: readonly Spot[], marker: Size, frame: Size): Spot[] {
  const spots = anchors.map((anchor) => ({ ...anchor }));
  for (let round = 0; round < ROUNDS; round += 1) {
    let moved = false;
    for (let one = 0; one < spots.length; one += 1)
      for (let other = 0; other < one; other += 1)
        if (makeRoom(spots[other] as Spot, spots[one] as Spot, marker)) moved = true;
    if (round >= SETTLED && !moved) break;
    spots.forEach((spot, place) => {
      const anchor = anchors[place] as Spot;
      if (round < SETTLED) {
        spot.x += PULL * (anchor.x - spot.x);
        spot.y += PULL * (anchor.y - spot.y);
      }
      spot.x = within(spot.x, marker.width / 2, frame.width - marker.width / 2);
      spot.y = within(spot.y, marker.height / 2, frame.height - marker.height / 2);
    });
  }
  return spots;
}

/** Pushes two apart, the shorter way, half each. */
function makeRoom(one: Spot, other: Spot, marker: Size): boolean {
  const [x, y] = [other.x - one.x, other.y - one.y];
  const [overX, overY] = [marker.width - Math.abs(x), marker.height - Math.abs(y)];
  if (overX <= 0.01 || overY <= 0.01) return false;
  if (overX < overY) {
    const by = ((x < 0 ? -1 : 1) * overX) / 2;
    one.x -= by;
    other.x += by;
  } else {
    const by = ((y < 0 ? -1 : 1) * overY) / 2;
    one.y -= by;
    other.y += by;
  }
  return true;
}

function within(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
