// A counselor's phone rings: the whole way of a call through a real house, its doors and the local Twilio.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTown, type Town, wordsOf } from '../support/house.ts';
import { instant } from '../support/house-clock.ts';
import { MAYA, RENEE, TOMAS } from '../support/house-people.ts';

const START = instant('2027-06-07T10:00:00-07:00');
const minutes = (count: number) => START + count * 60_000;

let town: Town;
beforeEach(async () => {
  town = await startTown();
});
afterEach(() => town.close());

const calls = () => town.vendors.twilio.state().calls;

describe('CR-02, CR-06: the call of the ladder', () => {
  it('rings two minutes after the text, says the case alone, and pressing 1 acknowledges it', async () => {
    expect(await town.text(MAYA, 'i want to die')).toBe(200);
    await town.settle();
    await town.advanceTo(minutes(7));
    expect(calls().map(({ to }) => to)).toEqual([RENEE.phone]);
    const [call] = calls();
    if (call === undefined) throw new Error('nobody was phoned');
    expect(call.twiml).toMatch(/case (?:[A-Z0-9], ){3}[A-Z0-9]\./);
    expect(call.twiml).not.toMatch(/Maya|Testperson|die\b/i);

    const forged = { ...town.vendors.twilio.pressKey(call.sid, '1') };
    const refused = await town.vendors.post({ ...forged, headers: { ...forged.headers, 'x-twilio-signature': 'x' } });
    expect(refused).toMatchObject({ kind: 'answered', status: 403 });

    const taken = await town.vendors.post(town.vendors.twilio.pressKey(call.sid, '1'));
    expect(taken).toMatchObject({ kind: 'answered', status: 200, body: expect.stringContaining('Thank you') });
    await town.settle();
    const card = town.posts()[0];
    expect(card === undefined ? '' : wordsOf(card)).toContain('Renee');
    await town.advanceTo(minutes(20));
    expect(town.bodiesTo(TOMAS.phone)).toEqual([]);
    expect(calls()).toHaveLength(1);
  });
});
