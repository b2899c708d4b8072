// "Play the summer" on the demo page, in a real browser, with the real house in a process of its own.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demo, startDemo } from '../../src/commands/demo.ts';
import { startBrowser } from '../support/browser.ts';
import { until } from '../support/house-clock.ts';

const LONG = 100_000;

let browser: Browser;
let demo: Demo;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  browser = await startBrowser();
  demo = await startDemo(0);
  page = await browser.newPage({ viewport: { width: 1360, height: 900 }, reducedMotion: 'reduce' });
  page.setDefaultTimeout(10_000);
  page.on('pageerror', (error) => complaints.push(error.message));
  // A refusal is an answer of 4xx, which the browser writes to its console.
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text());
  });
  await page.goto(demo.url);
  await page.getByTestId('summer').waitFor();
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
});

const said = () => page.getByTestId('summer-said').textContent();
const clickPlay = () => page.getByTestId('summer-play').click();

async function choose(mentees: string, months: string) {
  await page.getByTestId('summer-mentees').selectOption(mentees);
  await page.getByTestId('summer-months').selectOption(months);
}

describe('a summer that is played from the demo page', () => {
  it('is refused while another one is played, and can be cancelled', { timeout: LONG }, async () => {
    await choose('300', '16');
    await clickPlay();
    await page.getByTestId('summer-progress').waitFor();
    expect(await said()).toContain('Playing 300 students, 16 months, seed 7');
    await clickPlay();
    await page.getByText(/A summer is being played: 0 of 16 months are over. Cancel it, or wait./).waitFor();
    await page.getByTestId('summer-cancel').click();
    await until('it is cancelled', async () => (await said()) === 'Cancelled. Nothing of it is kept.');
    expect(await page.getByTestId('summer-progress').isVisible()).toBe(false);
    expect(await page.getByTestId('summer-cancel').isVisible()).toBe(false);
    expect(await page.getByTestId('summer-report').isVisible()).toBe(false);
  });

  it('says what is wrong with what was asked for', async () => {
    await page.getByTestId('summer-seed').fill('-1');
    await clickPlay();
    await page.getByText('The seed is a whole number from 0 to 2147483648.').waitFor();
    await page.getByTestId('summer-seed').fill('7');
  });

  it('shows months as they pass, then figures and charts; the phones go on meanwhile', { timeout: LONG }, async () => {
    await choose('10', '2');
    await clickPlay();
    await page.getByTestId('summer-progress').waitFor();
    await page.getByTestId('phone-0-input').fill('what is this?');
    await page.getByTestId('phone-0-send').click();
    await page.getByTestId('phone-0-messages').locator('.text:not(.mine)').first().waitFor();
    await page.evaluate('window.scrollTo(0, 0)');
    await page.getByTestId('summer-report').waitFor({ timeout: 60_000 });
    expect(await said()).toContain('Played 10 students, 2 months, seed 7.');
    expect(await page.getByTestId('summer-verdict').textContent()).toBe('Nothing happened that must never happen.');
    expect(await page.getByTestId('summer-figures').textContent()).toMatch(/Texts sent\d+/);
    const charts = page.frameLocator('[data-testid=summer-frame]');
    await charts.getByRole('heading', { name: 'Texts per week' }).waitFor();
    expect(await charts.locator('svg').count()).toBe(4);
    expect(await charts.getByRole('heading', { name: 'A rehearsed year' }).isVisible()).toBe(false);
    // The frame pulls nobody down to itself.
    expect(await page.evaluate<number>('window.scrollY')).toBe(0);
    const [tab] = await Promise.all([page.context().waitForEvent('page'), page.getByTestId('summer-link').click()]);
    await tab.getByRole('heading', { name: 'A rehearsed year' }).waitFor();
    await tab.getByText('10 synthetic students, 2 months').waitFor();
    await tab.close();
  });

  it('fits on a phone, keeps its report when the page is opened again, and puts it away', async () => {
    await page.setViewportSize({ width: 375, height: 800 });
    await page.reload();
    await page.getByTestId('summer-report').waitFor();
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(375);
    await page.getByTestId('summer-away').click();
    expect(await page.getByTestId('summer-report').isVisible()).toBe(false);
    expect(complaints).toEqual([]);
  });
});
