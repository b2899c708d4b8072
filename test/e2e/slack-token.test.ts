import { afterEach, describe, expect, it } from 'vitest';
import { startTown, type Town } from '../support/house.ts';
import { CREDENTIALS, MAYA, RENEE } from '../support/house-people.ts';
import { wordsIn } from '../support/slack-hand.ts';

const HOUR = 3_600_000;
const FIRST = { clientId: '1234.5678', clientSecret: 'clientsecretofthetests', refreshToken: 'xoxe-1-firstofthetests' };
const SETTINGS = {
  SLACK_CLIENT_ID: FIRST.clientId,
  SLACK_CLIENT_SECRET: FIRST.clientSecret,
  SLACK_REFRESH_TOKEN: FIRST.refreshToken,
};

let town: Town;
afterEach(() => town.close());

const tokens = () => town.vendors.slack.state().tokens.map(({ token }) => token);
const refreshes = () => town.log.filter((line) => line.includes('slack_token_refreshed')).length;

/** Real time, in which tokens live, goes on with program time. */
async function passHours(hours: number): Promise<void> {
  town.clock.pass(hours * HOUR);
  await town.settle();
}

describe('SL-23: a token that lives for twelve hours', () => {
  it('is renewed at the start and long before it dies, by the next process from where the last one was, and in no log', async () => {
    // The token of the settings is over already: what works from here on works with a renewed one.
    town = await startTown({ environment: SETTINGS, slackRotation: { ...FIRST, expiresAt: Date.now() - 1 } });
    expect(refreshes()).toBe(1);
    await town.text(MAYA, 'i want to die');
    await town.settle();
    const [card] = town.cards();
    if (card === undefined) throw new Error('no card');
    await passHours(9);
    expect(refreshes()).toBe(1);
    await passHours(2);
    expect(refreshes()).toBe(2);
    expect(tokens()).not.toContain(CREDENTIALS.slackBotToken);
    await town.house().stop();
    await town.startAgain();
    expect(refreshes()).toBe(2);
    await passHours(11);
    expect(refreshes()).toBe(3);
    const renee = town.hand(RENEE.slack);
    await renee.press(card, 'resolve');
    expect(wordsIn(renee.modal())).toContain('How did it end?');
    expect(town.log.join('')).not.toMatch(/xoxe|xoxb|clientsecretofthetests/);
  });
});
