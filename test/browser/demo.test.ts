import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Demo, startDemo } from '../../src/commands/demo.ts';
import { startBrowser } from '../support/browser.ts';
import { until } from '../support/house-clock.ts';

let browser: Browser;
let demo: Demo;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  demo = await startDemo(0);
  complaints = [];
  page = await browser.newPage({ viewport: { width: 1360, height: 900 }, reducedMotion: 'reduce' });
  page.setDefaultTimeout(10_000);
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(demo.url);
  await page.getByTestId('phone-2').waitFor();
});
afterEach(async () => {
  await page.close();
  await demo.stop();
  expect(complaints).toEqual([]);
});

const shows = (phone: number, words: string | RegExp) =>
  page.getByTestId(`phone-${phone}-messages`).getByText(words).first().waitFor();

async function say(phone: number, words: string) {
  await page.getByTestId(`phone-${phone}-input`).fill(words);
  await page.getByTestId(`phone-${phone}-send`).click();
}

async function move(button: 'next' | '5m' | '1h' | '1d') {
  const before = await page.getByTestId('clock-now').textContent();
  await page.getByTestId(`clock-${button}`).click();
  await until('the clock has moved', async () => {
    const now = await page.getByTestId('clock-now').textContent();
    return now !== before && (await page.getByTestId('clock-next').getAttribute('aria-disabled')) === 'false';
  });
}

describe('the demo page, in a real browser', () => {
  it('shows three phones, the channel, and what to try first', async () => {
    expect(await page.getByRole('article', { name: /’s phone$/ }).count()).toBe(3);
    expect(await page.locator('.guide').textContent()).toContain('Try this first');
    await page.getByText('All quiet.').waitFor();
  });

  it('sends the first texts with "next event", in each language, and takes an answer', async () => {
    await move('next');
    await move('1h');
    await shows(0, /These texts are automated/);
    await shows(1, /mensajes automatizados/);
    await say(0, 'done');
    await shows(0, /Nice|Maya!/);
  });

  it('turns a crisis text into a reply with 988 and an alert, and Acknowledge changes it', async () => {
    await say(0, 'i dont want to be alive anymore');
    await shows(0, /call or text 988 now/);
    const channel = page.getByTestId('slack-channel');
    await channel.getByText('not acknowledged').waitFor();
    expect(await channel.textContent()).toContain('Maya');
    await move('5m');
    await page
      .getByTestId('staff-sms')
      .getByText(/alert, case/)
      .waitFor();
    await channel.getByRole('button', { name: 'Acknowledge' }).first().click();
    await channel
      .getByText(/Acknowledged by Renee/)
      .first()
      .waitFor();
    await until(
      'no Acknowledge is left',
      async () => (await channel.getByRole('button', { name: 'Acknowledge' }).count()) === 0,
    );
    await move('1h');
    expect(await page.getByTestId('staff-sms').locator('.staff-text').count()).toBe(1);
  });

  it('answers the Spanish phone in Spanish', async () => {
    await say(1, 'me quiero morir');
    await shows(1, /988 y oprime 2/);
  });

  it('STOP on a phone: nothing more comes, whatever the clock', async () => {
    await move('next');
    await move('1h');
    await say(0, 'STOP');
    await page
      .getByTestId('phone-0')
      .getByText(/Opted out/)
      .waitFor();
    const before = await page.getByTestId('phone-0-messages').locator('.bubble').count();
    await move('1d');
    await move('1d');
    expect(await page.getByTestId('phone-0-messages').locator('.bubble').count()).toBe(before);
  });
});
