// The house's log: one JSON line an event, written by pino. Only the fields of the Log port pass, so that no text,
// phone number or token can reach a log file by being part of an object that somebody logged (platforms finding 9).

import { type DestinationStream, pino } from 'pino';
import type { Log, LogFields } from '../../app/ports/log.ts';

const ALLOWED = [
  'code',
  'count',
  'durationMs',
  'escalationId',
  'conversationId',
  'flowId',
  'inboundId',
  'outboundId',
  'menteeId',
  'messageClass',
  'port',
  'reason',
  'revision',
  'status',
  'step',
  'tier',
  'url',
  'error',
] as const satisfies readonly (keyof LogFields)[];

export type LogLevel = 'info' | 'warn' | 'error' | 'silent';

/** A Log that writes to `destination` (standard output unless given). Fields outside the port's list are dropped. */
export function createLog(level: LogLevel, destination?: DestinationStream): Log {
  const sink = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    destination ?? pino.destination(1),
  );
  const pick = (fields: LogFields): Record<string, unknown> => {
    const kept: Record<string, unknown> = {};
    for (const name of ALLOWED) if (fields[name] !== undefined) kept[name] = fields[name];
    return fields.error === undefined ? kept : { ...kept, error: placeOf(fields.error) };
  };
  return {
    info: (event, fields = {}) => sink.info(pick(fields), event),
    warn: (event, fields = {}) => sink.warn(pick(fields), event),
    error: (event, fields = {}) => sink.error(pick(fields), event),
  };
}

/** Name and frames of an error, nothing else of it: a vendor's error carries the request, and its message quotes it. */
function placeOf({ name, stack }: NonNullable<LogFields['error']>): { name: string; stack?: string } {
  const frames = (stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  return frames.length === 0 ? { name } : { name, stack: frames.join('\n') };
}
