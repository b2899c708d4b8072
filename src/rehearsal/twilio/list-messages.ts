// Listing messages: newest first, filtered by To, From and DateSent, in pages, as Twilio's REST API does it.

import { type Reply, replyJson } from '../wire/exchange.ts';
import { toMessageResource } from './resource.ts';
import type { TwilioMessage, TwilioState } from './state.ts';

const DEFAULT_PAGE_SIZE = 50;
const LARGEST_PAGE_SIZE = 1000;
const DAY_MS = 86_400_000;

/** Handles GET Messages.json. */
export function listMessages(state: TwilioState, query: URLSearchParams): Reply {
  const found = state.messages.filter((message) => isWanted(message, query)).toReversed();
  const size = Math.min(LARGEST_PAGE_SIZE, Math.max(1, Number(query.get('PageSize') ?? DEFAULT_PAGE_SIZE)));
  const token = query.get('PageToken');
  // A token names the last message seen, so that texts which arrive meanwhile shift nothing.
  const start = token === null ? 0 : found.findIndex((message) => `PA${message.sid}` === token) + 1;
  const shown = found.slice(start, start + size);
  const page = Number(query.get('Page') ?? 0);
  const last = shown.at(-1);
  const hasMore = last !== undefined && start + size < found.length;
  const path = `/2010-04-01/Accounts/${state.settings.accountSid}/Messages.json`;
  return replyJson(200, {
    end: Math.max(0, start + shown.length - 1),
    first_page_uri: pageUri(path, query, size, 0, null),
    messages: shown.map((message) => toMessageResource(state.settings, message)),
    next_page_uri: hasMore ? pageUri(path, query, size, page + 1, `PA${last.sid}`) : null,
    page,
    page_size: size,
    previous_page_uri: page > 0 ? pageUri(path, query, size, page - 1, null) : null,
    start,
    uri: pageUri(path, query, size, page, token),
  });
}

function isWanted(message: TwilioMessage, query: URLSearchParams): boolean {
  const to = query.get('To');
  const from = query.get('From');
  if (to !== null && message.to !== to) return false;
  if (from !== null && message.from !== from) return false;
  return isSentWithin(message.sentAt, query);
}

// A message that has not left yet has no DateSent, and no filter on it finds the message.
function isSentWithin(sentAt: number | null, query: URLSearchParams): boolean {
  const on = query.get('DateSent');
  const after = query.get('DateSent>');
  const before = query.get('DateSent<');
  if (on === null && after === null && before === null) return true;
  if (sentAt === null) return false;
  if (on !== null && Math.floor(sentAt / DAY_MS) !== Math.floor(Date.parse(on) / DAY_MS)) return false;
  if (after !== null && sentAt < Date.parse(after)) return false;
  return before === null || sentAt <= endOf(before);
}

// "On and before a date" takes in the whole day; a full instant is meant as it stands.
function endOf(before: string): number {
  return Date.parse(before) + (before.length === 10 ? DAY_MS - 1 : 0);
}

function pageUri(path: string, query: URLSearchParams, size: number, page: number, token: string | null): string {
  const next = new URLSearchParams(query);
  next.set('PageSize', String(size));
  next.set('Page', String(page));
  next.delete('PageToken');
  if (token !== null) next.set('PageToken', token);
  return `${path}?${next.toString()}`;
}
