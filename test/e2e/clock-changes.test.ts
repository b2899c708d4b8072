import { afterEach, describe, expect, it } from 'vitest';
import { startTown, type Town } from '../support/house.ts';
import { copyFlows, type FlowsCopy } from '../support/house-flows.ts';
import { mentee, STAFF_ROWS } from '../support/house-people.ts';

const PLACES = [
  { name: 'Los Angeles', zone: 'America/Los_Angeles', phone: '+12135550131' },
  { name: 'Phoenix', zone: 'America/Phoenix', phone: '+16025550132' },
  { name: 'Honolulu', zone: 'Pacific/Honolulu', phone: '+18085550133' },
] as const;

let town: Town;
let flows: FlowsCopy;
afterEach(async () => {
  await town.close();
  flows.remove();
});

function localTime(at: number, timeZone: string): string {
  const parts = { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone } as const;
  return new Intl.DateTimeFormat('en-US', parts).format(at).replace(',', '');
}

/** F16: one hour comes twice in the one night, and does not exist in the other. Both mornings are Sundays. */
describe.each([
  { night: '2026-11-01', from: '2026-10-31T21:00:00-07:00', deadline: '2026-11-10', opening: '2026-11-01T20:00:00Z' },
  { night: '2027-03-14', from: '2027-03-13T21:00:00-08:00', deadline: '2027-03-20', opening: '2027-03-14T19:00:00Z' },
])('the night of $night', ({ from, deadline, opening }) => {
  it('F16, QH-01: a nudge that was planned over it leaves once, inside the allowed hours of each place', async () => {
    flows = copyFlows({ housing_form: deadline });
    const rows = PLACES.map(({ name, zone, phone }) => mentee(name.split(' ')[0] ?? name, phone, { time_zone: zone }));
    town = await startTown({ startAt: from, flowsDir: flows.folder, rows: [...STAFF_ROWS, ...rows] });
    // Every quarter of an hour of the night, and each of the doubled hour's.
    for (let at = town.clock.now(); at < Date.parse(opening) - 900_000; at += 900_000) await town.advanceTo(at);
    expect(town.sentTo(PLACES[0].phone)).toEqual([]);
    await town.advanceTo(Date.parse(opening) + 6 * 3_600_000);
    for (const { zone, phone } of PLACES) {
      const sent = town.sentTo(phone);
      expect(sent.map((message) => message.body.includes('housing')).filter(Boolean), zone).toHaveLength(1);
      for (const message of sent) expect(localTime(message.createdAt, zone)).toMatch(/^(Sat (09|1\d)|Sun 1[2-9])/);
    }
    expect(localTime(town.sentTo(PLACES[0].phone)[0]?.createdAt ?? 0, PLACES[0].zone)).toMatch(/^Sun 12:[0-3]/);
  });

  it('F16: an alert goes on through it, every five minutes and then slower, in time', async () => {
    flows = copyFlows({});
    const [{ phone, zone }] = PLACES;
    town = await startTown({
      startAt: from,
      flowsDir: flows.folder,
      rows: [...STAFF_ROWS, mentee('Lee', phone, { time_zone: zone })],
    });
    const night = Date.parse(`${opening.slice(0, 10)}T08:30:00Z`);
    await town.advanceTo(night);
    await town.text(phone, 'i want to die');
    await town.advanceTo(night + 2 * 3_600_000);
    const cards = town.posts().filter((post) => JSON.stringify(post.blocks).includes('case-'));
    const after = cards.map(({ ts }) => Math.round((Number(ts) * 1_000 - night) / 60_000));
    // The first one leaves with the text, the others by the minute.
    expect(after.slice(1)).toEqual([5, 10, 15, 20, 35, 50, 65, 80, 110]);
  });
});
