import { expect, it } from 'vitest';
import { parseReceipt } from '../../../src/adapters/twilio/parse.ts';

it('ST-03: RawDlrDoneDate has no zone and no seconds, so it is never read as a time', () => {
  const form = { MessageSid: `SM${'0'.repeat(32)}`, MessageStatus: 'delivered' };
  const query = new URLSearchParams('outbound=abc');
  for (const RawDlrDoneDate of ['2706071530', '', 'nonsense']) {
    expect(parseReceipt({ ...form, RawDlrDoneDate }, query)).toEqual(parseReceipt(form, query));
  }
});
