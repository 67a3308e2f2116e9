/** Refusals and records of the meeting as sentences: ids become names here, once. */

import type {
  LandmarkAnswer as Landmark,
  PollResultView,
  RecordEntry,
  RefusalView,
  ReplayMoment as Moment,
} from '../protocol/generated';
import { howLong, list, lookUp, sharedName, t, type Values } from '../texts';
import { setApart } from '../texts/tongue.svelte';
import { lineSentence, lineTitle } from './lines';
import { isolated } from './plain';
import { sidesOf } from './polls';
import { memberName } from './seats';
import type { Table } from './table.svelte';

/** Why not, as a sentence. */
export function whyNot(table: Table, refusal: RefusalView): string {
  const { code, params } = refusal;
  const named = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, inWords(table, refusal, name, value)]),
  );
  return (
    lookUp(`refusal.${code}`, named) ??
    lookUp(code, named) ??
    lookUp(`http.${code}`, named) ??
    t('refusal.unnamed', { code })
  );
}

/** What happened, as a sentence. */
export function told(table: Table, entry: Pick<RecordEntry, 'type' | 'by' | 'event'>): string {
  const { event } = entry;
  const seat = entry.by ?? asId(event.seat ?? event.author ?? event.proposer);
  const amendment = table.pub.amendments[asId(event.amendment) ?? ''];
  const poll = entry.type === 'poll_closed' ? table.pub.polls.find((one) => one.id === event.poll) : undefined;
  const draft = asId(event.draft) ?? amendment?.draft ?? poll?.draft;
  const values: Values = {
    by: seat ? table.seatName(seat) : t('record.somebody'),
    seat: table.seatName(asId(event.seat) ?? seat),
    draft: draft ? table.draftName(draft) : t('record.text'),
    revision: String(event.revision ?? poll?.revision ?? ''),
    position: String(event.position ?? ''),
    rung: String(event.rung ?? ''),
    issues: issuesOf(table, event),
    folded: titles(table, foldedIssues(event)) || 'none',
    accepted: Array.isArray(event.accepted) && event.accepted.length ? titles(table, event.accepted) : 'none',
    phase: phaseTitle(table, event.phase),
    deal: event.deal ? table.dealTitle(String(event.deal)) : '',
    complement: event.complement ? table.complementTitle(String(event.complement)) : '',
    reason: table.textWithin(asId(event.reason)) || 'none',
    passed: String(event.passed ?? ''),
    headline: setApart(String(event.headline ?? '')) || isolated(table.text(asId(event.name))),
    promiser: table.seatName(asId(event.by)),
    to: table.seatName(asId(event.to)),
    verdict: String(event.verdict ?? ''),
    ...answered(table, poll),
    name:
      isolated(table.text(asId(event.name))) || memberName(table, asId(event.member) ?? null) || t('record.somebody'),
  };
  return lookUp(`event.${entry.type}`, values) ?? t('record.other');
}

/** How many allies answered a straw poll how. */
function answered(table: Table, poll: PollResultView | undefined): Values {
  if (!poll) return { answers: 'unknown' };
  const counts = sidesOf(table, poll).map(({ position, seats }) => [position ?? 'unsaid', seats.length]);
  return { answers: 'known', ...Object.fromEntries(counts) };
}

/** The issues that the chair folded into a text of its own, if the event is about that. */
function foldedIssues(event: Record<string, unknown>): unknown[] {
  const folded = event.folded as { issues: unknown[] } | null | undefined;
  return folded?.issues ?? [];
}

/** Refusals whose bounds are lengths of time, with the milliseconds that one of theirs lasts. Others count. */
const UNITS: Partial<Record<string, number>> = {
  'game.clock_out_of_bounds': 60_000,
  'phase.extension_out_of_bounds': 1_000,
  'poll.out_of_bounds': 1_000,
  'silence.out_of_bounds': 1_000,
};

function inWords(table: Table, { code, params }: RefusalView, name: string, value: unknown): string | number {
  const unit = UNITS[code];
  if (typeof value === 'number') return unit ? howLong(value * unit) : value;
  if (name === 'lines') return linesInWords(table, Array.isArray(value) ? value.map(String) : [String(value)]);
  const words = (Array.isArray(value) ? value : [value]).map((one) => word(table, name, String(one), params));
  return name === 'rules' ? words.join(' ') : list(words);
}

/** A red line in the words of the own brief; several by their titles. */
function linesInWords(table: Table, lines: readonly string[]): string {
  const [first = ''] = lines;
  if (lines.length === 1) return lineSentence(table, { line: first, issues: [] });
  return list(lines.map((line) => lineTitle(table, line)));
}

function word(table: Table, name: string, value: string, params: Record<string, unknown>): string {
  switch (name) {
    case 'seat':
    case 'seats':
    case 'author':
    case 'proposer':
      return table.seatName(value);
    case 'draft':
      return table.draftName(value);
    case 'issue':
    case 'issues':
    case 'excluded':
      return table.issueTitle(value);
    case 'option':
    case 'options':
      return optionInWords(table, value, params);
    case 'rules':
      return setApart(table.pub.scenario.rules.find((rule) => rule.id === value)?.sentence ?? value);
    case 'phase':
      return phaseTitle(table, value);
    case 'act':
      return lookUp(`act.${value}`) ?? value;
    default:
      return value;
  }
}

function optionInWords(table: Table, value: string, params: Record<string, unknown>): string {
  const [issue, option] = value.includes('=') ? value.split('=') : [asId(params.issue), value];
  const label = table.optionLabel(issue ?? '', option);
  return value.includes('=') && issue ? `${table.issueTitle(issue)}: ${label}` : label;
}

function issuesOf(table: Table, event: Record<string, unknown>): string {
  if (Array.isArray(event.issues)) return titles(table, event.issues);
  if (Array.isArray(event.changes))
    return titles(
      table,
      event.changes.map((change) => (change as unknown[])[0]),
    );
  if (typeof event.changes === 'object' && event.changes) return titles(table, Object.keys(event.changes));
  return '';
}

function titles(table: Table, issues: readonly unknown[]): string {
  return list(issues.map((issue) => table.issueTitle(String(issue))));
}

function phaseTitle(table: Table, phase: unknown): string {
  const agenda = table.pub.scenario.agenda;
  const title = agenda.find((one) => one.id === phase)?.title;
  return title ? sharedName(title) : t('record.next_phase');
}

function asId(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A moment of the whole log as a sentence, with the part of the meeting when there is nothing better to say. */
export function momentOfLog(table: Table, moment: Landmark): string {
  const recorded = table.pub.record.find((entry) => entry.at === moment.at && entry.type === moment.type);
  return recorded
    ? told(table, recorded)
    : told(table, { type: moment.type, by: null, event: { phase: moment.phase } });
}

/** A moment of the replay as a sentence. */
export function momentSentence(table: Table, { n, entry }: Moment): string {
  if (entry) return told(table, entry);
  return t(n === 0 ? 'record.beginning' : 'record.other');
}
