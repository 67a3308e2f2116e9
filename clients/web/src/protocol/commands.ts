/** The wishes a client may send. The server knows who sends them; nothing here names the actor. */

import type { Package, PositionName, RungName } from './names';

type DraftRevision = { draft: string; revision: number };

export type Command =
  // the seat and the game
  | { type: 'leave_seat' }
  | { type: 'set_policy'; seat: string; policy: 'deputy' | 'silent' | 'bot' }
  | { type: 'start_game' }
  | { type: 'pause_game' }
  | { type: 'resume_game' }
  | { type: 'extend_phase'; seconds: number }
  | { type: 'advance_phase' }
  | { type: 'end_game' }
  | { type: 'open_results' }
  // drafting
  | { type: 'table_draft'; package: Package }
  | ({ type: 'revise_draft'; changes: Package } & DraftRevision)
  | ({ type: 'withdraw_draft' } & DraftRevision)
  | ({ type: 'cosponsor' } & DraftRevision)
  | ({ type: 'withdraw_cosponsorship' } & DraftRevision)
  | ({ type: 'propose_amendment'; changes: Package; note?: string } & DraftRevision)
  | { type: 'withdraw_amendment'; amendment: string }
  | { type: 'split_amendment'; amendment: string }
  | { type: 'answer_amendment'; amendment: string; accept: string[] }
  | { type: 'name_basis'; draft: string }
  // positions
  | ({
      type: 'state_position';
      position: PositionName;
      issues: string[];
      reason?: string;
      lift?: string;
      in_confidence: boolean;
    } & DraftRevision)
  | ({ type: 'open_poll'; seconds: number } & DraftRevision)
  | { type: 'answer_poll'; poll: string; position: PositionName }
  // silence
  | ({ type: 'open_silence'; seconds: number } & DraftRevision)
  | { type: 'extend_silence'; seconds: number }
  | { type: 'cancel_silence'; reason: string }
  | ({ type: 'take_rung'; rung: RungName; issues: string[]; text?: string } & DraftRevision)
  | ({ type: 'break_silence'; issues: string[]; reason: string; lift: string } & DraftRevision)
  | { type: 'withdraw_objection'; objection: string }
  | { type: 'put_fallback' }
  // talk
  | { type: 'post_message'; room: string; text: string; refs: string[] };

export type CommandType = Command['type'];
