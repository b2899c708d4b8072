// Reads what came in from Twilio's own list of messages (TW-13): number by number of the sender pool, page by page, up to
// a limit. Reads only; what is done with a text is not its business.

import type { Twilio } from 'twilio';
import type { InboundReader, ListedText } from '../../app/ports/inbound-reader.ts';
import type { Media } from '../../app/ports/messages.ts';
import { codeOfFailure } from './failure.ts';
import { addressOf, MEDIA_LIMIT } from './parse.ts';

/** The largest page that Twilio gives. */
const PAGE_SIZE = 1_000;
/** So many texts of one number are read at once; a program of thousands has less in a week. */
const TEXT_LIMIT = 5_000;
/** Twilio lets a service have four hundred numbers. */
const NUMBER_LIMIT = 400;
const API = 'https://api.twilio.com';

export interface ReadSettings {
  readonly accountSid: string;
  readonly messagingServiceSid: string;
}

type Listed = Awaited<ReturnType<Twilio['messages']['list']>>[number];

/** The InboundReader of the house. `onFailure` hears the code of each request that failed. */
export function createInboundReader(
  client: Twilio,
  settings: ReadSettings,
  onFailure: (code: string) => void,
): InboundReader {
  return {
    async inboundSince(since) {
      try {
        const pool = client.messaging.v1.services(settings.messagingServiceSid).phoneNumbers;
        const numbers = await pool.list({ limit: NUMBER_LIMIT });
        const texts: ListedText[] = [];
        let isWhole = true;
        for (const { phoneNumber } of numbers) {
          const listed = await listTo(client, phoneNumber, since);
          isWhole &&= listed.length < TEXT_LIMIT;
          texts.push(...listed.filter((one) => one.direction === 'inbound').map(toListedText));
        }
        const recent = texts.filter(({ message }) => message.sentAt >= since);
        // Twilio lists the newest first; those of one second stay in the order in which they came.
        return { texts: recent.reverse().sort((a, b) => a.message.sentAt - b.message.sentAt), isWhole };
      } catch (error) {
        onFailure(codeOfFailure(error));
        return null;
      }
    },
    async mediaOf({ message, mediaCount }) {
      const count = Math.min(mediaCount, MEDIA_LIMIT);
      const place = `${API}/2010-04-01/Accounts/${settings.accountSid}/Messages/${message.externalId}/Media`;
      const unnamed = Array.from({ length: count }, (): Media => ({ url: place, contentType: 'unknown' }));
      if (count === 0) return unnamed;
      try {
        const media = await client.messages(message.externalId).media.list({ limit: count });
        const named = media.map(({ sid, contentType }): Media => ({ url: `${place}/${sid}`, contentType }));
        return [...named, ...unnamed.slice(named.length)];
      } catch (error) {
        onFailure(codeOfFailure(error));
        return unnamed;
      }
    },
  };
}

function listTo(client: Twilio, to: string, since: number): Promise<Listed[]> {
  return client.messages.list({ to, dateSentAfter: new Date(since), pageSize: PAGE_SIZE, limit: TEXT_LIMIT });
}

/** The list says nothing of OptOutType: a keyword is read from the words. */
function toListedText(one: Listed): ListedText {
  const sent: Date | null = one.dateSent;
  const mediaCount = Number(one.numMedia);
  return {
    message: {
      source: 'twilio',
      externalId: one.sid,
      from: { kind: 'phone', address: addressOf(one.from, one.to) },
      body: one.body.replaceAll('\u0000', ''),
      media: [],
      vendorKeyword: null,
      sentAt: (sent ?? one.dateCreated).getTime(),
    },
    mediaCount: Number.isInteger(mediaCount) ? mediaCount : 0,
  };
}
