/** Short names for shapes that the generated types spell out in place. */

import type { MessageView, PositionView, RungView, SeatDescription, SeatView, YouView } from './generated';

export type Package = Record<string, string>;
export type PositionName = PositionView['position'];
export type RungName = RungView['rung'];
export type SeatKind = SeatDescription['kind'];
export type Player = SeatView['player'];
export type ViewerKind = YouView['kind'];
export type Texts = Record<string, string | null>;
export type Message = MessageView;
