/** What may become of a seat whose people have left. Only a facilitator can be asked; an open game has none. */

import type { GameView, SeatView } from '../protocol/generated';

const STAND_INS: readonly SeatView['policy'][] = ['bot', 'deputy', 'silent'];

export const POLICIES: Record<GameView['kind'], readonly SeatView['policy'][]> = {
  open: STAND_INS,
  exercise: [...STAND_INS, 'ask'],
};
