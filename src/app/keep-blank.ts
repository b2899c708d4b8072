// What a roster row leaves blank of mentors, counselors and staff stays as it was: a file without a column, or with an
// empty cell, takes nobody's Slack id, phone or last name away. Whoever has left is taken off the list in Slack.

import type { Phone, PhoneHash } from '../core/model/ids.ts';

interface Row {
  readonly lastName: string;
  readonly phone: Phone | null;
  readonly slackUserId: string | null;
}

/** How somebody of one role is found. */
export interface LookUp<Person extends Row> {
  readonly hashPhone: (phone: Phone) => PhoneHash;
  readonly byPhone: (phoneHash: PhoneHash) => Promise<Person | null>;
  readonly bySlackUser: (slackUserId: string) => Promise<Person | null>;
}

/** Whom a row is about, if they were imported before: by phone, else by Slack id. */
export async function findKnown<Person extends Row>(row: Row, look: LookUp<Person>): Promise<Person | null> {
  const byPhone = row.phone === null ? null : await look.byPhone(look.hashPhone(row.phone));
  if (byPhone !== null) return byPhone;
  return row.slackUserId === null ? null : look.bySlackUser(row.slackUserId);
}

/** The row with its blanks filled from what is known. */
export function keepBlank<Given extends Row>(row: Given, known: Row | null): Given {
  if (known === null) return row;
  return {
    ...row,
    lastName: row.lastName === '' ? known.lastName : row.lastName,
    phone: row.phone ?? known.phone,
    slackUserId: row.slackUserId ?? known.slackUserId,
  };
}
