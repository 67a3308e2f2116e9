/** Where seats stand round the table, in per cent of its box, clockwise from the head. */

export type Place = { left: number; top: number };

const STEPS = 720;

/** Evenly along an ellipse, by the way one walks round it rather than by angle. `aspect`: width of the box by height. */
export function roundTheTable(count: number, aspect: number): Place[] {
  const points = Array.from({ length: STEPS + 1 }, (_, step) => {
    const angle = (step / STEPS) * 2 * Math.PI - Math.PI / 2;
    return { left: 50 + 43 * Math.cos(angle), top: 50 + 41 * Math.sin(angle) };
  });
  const walked = [0];
  for (let step = 1; step <= STEPS; step += 1) {
    const [one, other] = [points[step - 1] as Place, points[step] as Place];
    const way = Math.hypot((other.left - one.left) * aspect, other.top - one.top);
    walked.push((walked[step - 1] as number) + way);
  }
  const whole = walked[STEPS] as number;
  return Array.from({ length: count }, (_, seat) => {
    const step = walked.findIndex((way) => way >= (seat / count) * whole);
    return points[step] as Place;
  });
}

/** Many seats sit along a long table: two rows and two short sides, the head in the middle of the first row. */
export function alongTheTable(count: number, inRow: number): Place[] {
  const sides = count - 2 * inRow;
  const right = Math.ceil(sides / 2);
  const across = (place: number): number => 4 + (92 * place) / (inRow - 1);
  const down = (place: number, on: number): number => 9 + (82 * (place + 1)) / (on + 1);
  const places = [
    ...Array.from({ length: inRow }, (_, place) => ({ left: across(place), top: 9 })),
    ...Array.from({ length: right }, (_, place) => ({ left: 96, top: down(place, right) })),
    ...Array.from({ length: inRow }, (_, place) => ({ left: across(inRow - 1 - place), top: 91 })),
    ...Array.from({ length: sides - right }, (_, place) => ({
      left: 4,
      top: down(sides - right - 1 - place, sides - right),
    })),
  ];
  const head = Math.floor(inRow / 2);
  return [...places.slice(head), ...places.slice(0, head)];
}

/** The same seen from its head, where the box is higher than wide: one at the head, the others down either side. */
export function downTheTable(count: number): Place[] {
  const right = Math.ceil((count - 1) / 2);
  const left = count - 1 - right;
  const down = (place: number): number => (100 * (place + 0.5)) / right;
  return [
    { left: 50, top: down(0) },
    ...Array.from({ length: right }, (_, place) => ({ left: 86, top: down(place) })),
    ...Array.from({ length: left }, (_, place) => ({ left: 14, top: down(left - 1 - place) })),
  ];
}
