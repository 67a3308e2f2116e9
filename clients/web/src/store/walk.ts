/** Arrow keys among things that lie somewhere: to the next one in that direction, wherever it is drawn. */

export type Box = { x: number; y: number };
export type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

const TOWARDS: Record<Direction, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
/** How much a step aside counts against a step ahead. */
const ASIDE = 2;
/** Nearer than this, in pixels, or further aside, two things lie beside each other, not one ahead of the other. */
const AHEAD = 4;
const STEEPEST = 8;

/** Which of `places` one gets to from `from`; undefined where nothing lies in that direction. */
export function nextTo(places: readonly Box[], from: number, direction: Direction): number | undefined {
  const [right, down] = TOWARDS[direction];
  const here = places[from];
  if (!here) return undefined;
  let best: { place: number; cost: number } | undefined;
  places.forEach((there, place) => {
    const [x, y] = [there.x - here.x, there.y - here.y];
    const ahead = x * right + y * down;
    const aside = Math.abs(x * down + y * right);
    if (ahead < AHEAD || aside > STEEPEST * ahead) return;
    const cost = ahead + ASIDE * aside;
    if (!best || cost < best.cost) best = { place, cost };
  });
  return best?.place;
}

/** Keys among the seats inside `box`: arrows by where they are drawn, Home and End by their order. */
export function walk(event: KeyboardEvent, box: HTMLElement): void {
  const seats = [...box.querySelectorAll<HTMLElement>('button[data-seat]')];
  const from = seats.indexOf(event.target as HTMLElement);
  if (from < 0) return;
  let to: number | undefined;
  if (event.key === 'Home') to = 0;
  else if (event.key === 'End') to = seats.length - 1;
  else if (Object.hasOwn(TOWARDS, event.key)) to = nextTo(seats.map(middleOf), from, event.key as Direction);
  else return;
  event.preventDefault();
  seats[to ?? from]?.focus();
}

function middleOf(seat: HTMLElement): Box {
  const { left, top, width, height } = seat.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}
