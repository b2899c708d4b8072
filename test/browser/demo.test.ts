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

/** The person at the page is somebody else from now on. */
async function become(name: string) {
  const who = page.getByTestId('slack-press-as');
  const label = await who.locator('option', { hasText: name }).textContent();
  await who.selectOption({ label: label ?? name });
}

const modal = () => page.getByTestId('slack-modal');
const buttons = (action: string) => page.getByTestId('slack-channel').getByTestId(`slack-button-${action}`);
const press = (action: string) => buttons(action).first().click();

/** In the thread of the first card. */
async function write(words: string) {
  const channel = page.getByTestId('slack-channel');
  await channel.getByTestId('thread-input').first().fill(words);
  await channel.getByTestId('thread-send').first().click();
}

describe('the demo page, in a real browser', () => {
  it('shows three phones, the channel and what to try first; the first texts go out in each language', async () => {
    expect(await page.getByRole('article', { name: /’s phone$/ }).count()).toBe(3);
    expect(await page.locator('.guide').textContent()).toContain('Try this first');
    await page.getByText('All quiet.').waitFor();
    await move('next');
    await move('1h');
    await shows(0, /These texts are automated/);
    await shows(1, /mensajes automatizados/);
    await say(0, 'done');
    await shows(0, /Nice|Maya!/);
    await say(1, 'me quiero morir');
    await shows(1, /988 y oprime 2/);
  });

  it('a counselor’s job: a crisis text, the alert, the conversation in its thread, and the end of the case', async () => {
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
    await press('acknowledge');
    await channel
      .getByText(/Acknowledged by Renee/)
      .first()
      .waitFor();
    await until('no Acknowledge is left', async () => (await buttons('acknowledge').count()) === 0);
    await move('5m');
    expect(await page.getByTestId('staff-sms').locator('.staff-text').count()).toBe(1);

    await press('take_over');
    await channel
      .getByText(/writes with the student/)
      .first()
      .waitFor();
    await write('Maya, it is Renee. Are you safe right now?');
    await shows(0, 'Renee: Maya, it is Renee. Are you safe right now?');
    const thread = page.getByTestId('slack-thread').first();
    await thread.getByText(/^Delivered/).waitFor();
    await say(0, 'yes my aunt is here');
    await thread.getByText('yes my aunt is here').waitFor();
    await write('// she is calmer');
    await thread.getByText('Internal: not sent').first().waitFor();
    await become('Tomas');
    await write('shall I phone campus?');
    await thread.getByText('Renee has this conversation').waitFor();
    expect(await page.getByTestId('phone-0-messages').textContent()).not.toMatch(/calmer|campus/);

    await become('Renee');
    await press('resolve');
    await modal().getByText('Safe now').click();
    await modal().getByTestId('modal-submit').click();
    await modal().waitFor({ state: 'hidden' });
    await channel
      .getByText(/Resolved by Renee.*Nudges come back Thu/)
      .first()
      .waitFor();
  });

  it('nobody acknowledges: the on-call phone gets a text and rings, and pressing 1 takes the case', async () => {
    await say(0, 'i dont want to be alive anymore');
    await shows(0, /call or text 988 now/);
    await move('5m');
    await move('5m');
    await page
      .getByTestId('staff-call')
      .getByText(/crisis alert, case .* counselors' channel/)
      .waitFor();
    await page.getByTestId('staff-call-press-1').click();
    await page.getByTestId('staff-call').getByText('1 was pressed').waitFor();
    await page
      .getByTestId('slack-channel')
      .getByText(/Acknowledged by Renee/)
      .first()
      .waitFor();
  });

  it('a command whose answer only one person sees opens its form', async () => {
    const line = page.getByTestId('counselors-line-input');
    await line.fill('/icehouse pause Maya');
    await line.press('Enter');
    await page.getByTestId('slack-ephemeral').getByTestId('slack-button-open_again').click();
    await modal().getByText('What do you want?').waitFor();
  });

  it('a mentor’s job, and what staff see of it: the weekly update, a worry, a mentor who never answers', async () => {
    for (let day = 0; day < 6; day += 1) await move('1d');
    for (let hour = 0; hour < 8; hour += 1) await move('1h');
    await move('5m');
    await become('Dani');
    await page.getByTestId('slack-tab-directs').click();
    await page.getByTestId('slack-directs').getByText('Your weekly update is ready').waitFor();
    await page.getByTestId('slack-directs').getByTestId('slack-button-weekly_update').click();
    await modal().getByTestId('slack-select-set_reached').nth(1).waitFor();
    await modal().getByTestId('slack-select-same_for_all').selectOption({ label: 'Talked' });
    await until('both rows are answered', async () => {
      const rows = await modal().getByTestId('slack-select-set_reached').all();
      return (await Promise.all(rows.map((row) => row.inputValue()))).every((value) => value.endsWith('/talked'));
    });
    await modal().getByTestId('modal-submit').click();
    await modal().waitFor({ state: 'hidden' });
    await page.getByTestId('slack-directs').getByText('2 of 2 done').waitFor();

    await page.getByTestId('slack-tab-home').click();
    const home = page.getByTestId('slack-home');
    await home.getByText('Change the weekly update').waitFor();
    await home.getByText('Luis Hernandez').waitFor();
    await home.getByTestId('slack-button-worried').click();
    await modal().getByLabel('Who is it about?').selectOption({ label: 'Luis Hernandez' });
    await modal().getByText('Somebody is needed now').click();
    await modal().getByLabel('What did you notice?').fill('He sounded very low.');
    await modal().getByTestId('modal-submit').click();
    await modal()
      .getByText(/counselor/i)
      .first()
      .waitFor();
    await modal().getByTestId('modal-close').click();
    await modal().waitFor({ state: 'hidden' });

    await become('Renee');
    await page.getByTestId('slack-tab-channel').click();
    await page.getByTestId('slack-channel').getByText('He sounded very low').first().waitFor();
    await press('resolve');
    await modal().getByText('In care of somebody else').click();
    await modal().getByTestId('modal-submit').click();
    await modal().waitFor({ state: 'hidden' });

    await say(2, 'kun ikaw ay may oras');
    // Whoever is no counselor comes in by their App Home.
    await become('Sam');
    await home.getByText('kun ikaw ay may oras').waitFor();
    await home.getByText('Priya Shah').waitFor();
    await home.getByTestId('slack-button-mark_read').click();
    await until('it is read', async () => (await home.getByText('kun ikaw').count()) === 0);
    for (let day = 0; day < 11; day += 1) await move('1d');
    await page.getByTestId('slack-tab-home').click();
    await home
      .getByText(/Priya Shah.*(two|2|in a row)/i)
      .first()
      .waitFor();
    await page.getByTestId('slack-tab-staff').click();
    await page
      .getByTestId('slack-staff')
      .getByText(/gave their whole update/)
      .first()
      .waitFor();
    await page.getByTestId('slack-staff').getByTestId('slack-button-close_todo').first().click();
    await page.getByTestId('slack-staff').getByText('Done by Sam Ito').waitFor();
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
