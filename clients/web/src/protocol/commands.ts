/** The wishes a client may send. The server knows who sends them; nothing here names the actor. */

import type { Command } from './generated';

export type { Command };
export type CommandType = Command['type'];
