// Writes docs/images/slack-*.png for docs/slack.md: every view that people meet in Slack, drawn by the demo page from the
// blocks that Icehouse really sent, on the way through a case, a weekly update and a staff's morning. A picture that is
// too large is refused. Run it with: node tools/node/with.mjs node test/browser/pictures.ts

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Locator } from 'playwright-core';
import { startDemo } from '../../src/commands/demo.ts';
import { startBrowser } from '../support/browser.ts';
import { until } from '../support/house-clock.ts';
import { shrinkPng } from './small-png.ts';

const LARGEST_BYTES = 80_000;
/** Nothing sticks, scrolls or floats, so that a picture has all of its element; what only the page has is not shown. */
const STYLE = `
  .top, .view .view-foot { position: static !important; }
  .slack, .modal { overflow: visible !important; }
  .modal { position: static !important; padding: 0 !important; background: none !important; }
  .view { max-width: none; box-shadow: none; }
  #counselors-messages, #staff-messages, #directs, #home { max-height: none !important; }
  .without-tools :is(.slack-line, .own-tools), .without-thread .thread { display: none !important; }
`;

const demo = await startDemo(0);
const browser = await startBrowser();
const page = await browser.newPage({
  viewport: { width: 1440, height: 1000 },
  reducedMotion: 'reduce',
  bypassCSP: true,
  deviceScaleFactor: 1.25,
});
page.setDefaultTimeout(10_000);
page.on('pageerror', (error) => {
  throw error;
});
await page.goto(demo.url);
await page.getByTestId('phone-2').waitFor();
const modal = page.getByTestId('slack-modal');
const home = page.getByTestId('slack-home');
const channel = page.getByTestId('slack-channel');
const card = channel.getByTestId('slack-message').first();
const staffChannel = page.getByTestId('slack-staff');
const directs = page.getByTestId('slack-directs');

async function move(button: 'next' | '5m' | '1h' | '1d', times = 1) {
  for (let count = 0; count < times; count += 1) {
    const before = await page.getByTestId('clock-now').textContent();
    await page.getByTestId(`clock-${button}`).click();
    await until(
      'the clock has moved',
      async () => {
        const isMoving = (await page.getByTestId('clock-next').getAttribute('aria-disabled')) !== 'false';
        return !isMoving && (await page.getByTestId('clock-now').textContent()) !== before;
      },
      30_000,
    );
  }
}

async function moveTo(words: RegExp, button: '5m' | '1h' | '1d') {
  for (let count = 0; count < 60; count += 1) {
    if (words.test((await page.getByTestId('clock-now').textContent()) ?? '')) return;
    await move(button);
  }
  throw new Error(`the clock never showed ${words}`);
}

async function say(phone: number, words: string) {
  await page.getByTestId(`phone-${phone}-input`).fill(words);
  await page.getByTestId(`phone-${phone}-send`).click();
  await page.getByTestId(`phone-${phone}-messages`).getByText(words).last().waitFor();
}

const shows = (phone: number, words: string | RegExp) =>
  page.getByTestId(`phone-${phone}-messages`).getByText(words).last().waitFor();

async function be(name: string, tab: 'channel' | 'staff' | 'directs' | 'home') {
  const label = await page
    .getByTestId('slack-press-as')
    .locator('option')
    .filter({ hasText: name })
    .getAttribute('value');
  await page.getByTestId('slack-press-as').selectOption(label ?? '');
  await page.getByTestId(`slack-tab-${tab}`).click();
}

async function write(line: Locator, words: string) {
  await line.fill(words);
  await line.press('Enter');
}

async function reply(words: string) {
  await write(channel.getByTestId('thread-input').first(), words);
  await card.getByText(words).first().waitFor();
}

const press = (where: Locator, name: string) => where.getByRole('button', { name, exact: true }).first().click();

async function opened(title: string | RegExp) {
  await modal.getByRole('heading', { name: title }).first().waitFor();
  await until('the modal is filled', async () => !/One moment/.test((await modal.textContent()) ?? ''));
}

async function close() {
  await modal.getByTestId('modal-close').click();
  await modal.waitFor({ state: 'hidden' });
}

async function picture(name: string, of: Locator, without: 'tools' | 'thread' = 'tools') {
  const path = fileURLToPath(new URL(`../../docs/images/slack-${name}.png`, import.meta.url));
  await page.evaluate(`document.documentElement.className = 'without-${without}'`);
  const png = shrinkPng(await of.screenshot({ animations: 'disabled' }));
  await page.evaluate("document.documentElement.className = ''");
  if (png.length > LARGEST_BYTES) throw new Error(`slack-${name}.png has ${png.length} bytes`);
  writeFileSync(path, png);
}

/** A card without what stands in its thread. */
const cardPicture = (name: string, shown: Locator) => picture(name, shown, 'thread');

await page.addStyleTag({ content: STYLE });

// A case, from the alert to its end.
await move('next');
await move('1h');
await say(2, 'wait is this for my brother too');
await say(0, 'hi i got the form');
await move('5m');
await say(0, 'i dont want to be alive anymore');
await shows(0, /988/);
await be('Renee', 'channel');
await card.getByText('not acknowledged').waitFor();
await cardPicture('alert', card);
await press(card, 'Acknowledge');
await card
  .getByText(/Acknowledged by Renee/)
  .first()
  .waitFor();
await cardPicture('acknowledged', card);
await press(card, 'Details');
await opened(/Case /);
await picture('details', modal.locator('.view'));
await close();
await press(card, 'Call');
await opened(/Call/);
await picture('call', modal.locator('.view'));
await press(modal, 'No answer');
await until('the call is noted', async () => /No answer|noted|logged/i.test((await channel.textContent()) ?? ''));
if (await modal.isVisible()) await close();
await press(card, 'Take over');
await card
  .getByText(/writes with the student/)
  .first()
  .waitFor();
await reply('Hi Maya, I am glad you wrote. Are you safe right now?');
await shows(0, /Are you safe/);
await move('5m');
await say(0, 'yeah im at my aunts');
await reply('// her aunt lives in Boyle Heights, her mother has the number');
await reply('I am here. Can I phone you in five minutes?');
await shows(0, /five minutes/);
await say(0, 'ok');
await be('Tomas', 'channel');
await reply('Shall I tell campus counseling?');
await until('three answers of Icehouse', async () => (await card.getByText(/Stays in this thread/).count()) === 2);
await until('both texts arrived', async () => (await card.getByText(/^Delivered/).count()) === 2);
await be('Renee', 'channel');
await cardPicture('taken-over', card);
await picture('thread', card.locator('.thread'));
await press(card, 'Resolve');
await opened(/Resolve/);
await modal.getByText('In care of somebody else').click();
await picture('resolve', modal.locator('.view'));
await modal.getByTestId('modal-submit').click();
await modal.waitFor({ state: 'hidden' });
await card
  .getByText(/Resolved by Renee/)
  .first()
  .waitFor();
await cardPicture('resolved', card);

// Commands; only the one who typed sees the answer.
await be('Renee', 'directs');
for (const [name, words, title] of [
  ['find', '/icehouse find maya', /./],
  ['oncall', '/icehouse oncall', 'On call'],
  ['help', '/icehouse help', 'What /icehouse can do'],
] as const) {
  await write(page.getByTestId('directs-line-input'), words);
  const answer = directs.getByTestId('slack-ephemeral').last();
  await answer.getByRole('heading', { name: title }).waitFor();
  await picture(name, answer);
  await answer.getByRole('button', { name: 'Dismiss' }).click();
  await until('it is gone', async () => (await directs.getByTestId('slack-ephemeral').count()) === 0);
}

// Two weeks of a mentor; the other one is silent both times.
await moveTo(/^Sunday/, '1d');
await moveTo(/, 5:\d\d PM/, '1h');
await be('Dani', 'directs');
const prompt = directs.getByTestId('slack-message').filter({ hasText: 'Week of' }).last();
await prompt.waitFor();
await picture('prompt', prompt);
await press(prompt, 'Give the update');
await opened('Weekly update');
await modal.getByTestId('slack-select-set_reached').first().selectOption({ label: 'Talked' });
await prompt.getByText(/1 of 2 are in/).waitFor();
await picture('weekly-update', modal.locator('.view'));
await modal.getByTestId('slack-select-mentee_update').selectOption({ label: 'Maya' });
await opened('Maya');
await picture('say-more', modal.locator('.view'));
await modal.getByTestId('modal-close').click();
await press(modal, 'I’m worried about someone');
await opened('I’m worried');
await picture('worried', modal.locator('.view'));
await modal.getByTestId('modal-close').click();
await close();
await be('Dani', 'home');
await home.getByText('Your mentees').waitFor();
await picture('home-mentor', home);
await move('1d', 7);
await be('Dani', 'directs');
await press(prompt, 'Give the update');
await opened('Weekly update');
await modal.getByTestId('slack-select-same_for_all').selectOption({ label: 'Talked' });
await prompt.getByText('Your weekly update is in').waitFor();
await modal.getByTestId('slack-select-mentee_update').selectOption({ label: 'Maya' });
await opened('Maya');
const field = (label: string) => modal.locator('.block-input').filter({ hasText: label });
await field('Did you get through').getByText('Talked').click();
await field('What do you need').locator('textarea').fill('Who at Cal State LA can tell her about the deposit?');
await field('Good news').locator('textarea').first().fill('She got the campus job at the library!');
await field('May the good news').locator('select').selectOption({ label: 'May be told with the first name' });
await modal.getByTestId('modal-submit').click();
await opened('Weekly update');
await modal.getByTestId('modal-submit').click();
await modal.waitFor({ state: 'hidden' });
await moveTo(/^Thursday/, '1d');

// What the staff channel and the Home tabs say then.
await say(1, 'me quiero morir');
await shows(1, /988/);
await be('Renee', 'home');
await home.getByText('Open cases').waitFor();
await press(home, 'Set an override');
await opened('On call');
await field('Who').locator('select').first().selectOption({ label: 'Tomas Aguilar' });
await field('For how long').locator('select').selectOption({ label: '12 hours' });
await picture('stand-in', modal.locator('.view'));
await modal.getByTestId('modal-submit').click();
await modal.waitFor({ state: 'hidden' });
await home.getByText(/stands in until/).waitFor();
await picture('home-counselor', home);
await be('Sam', 'home');
await home.getByText('Texts to read').waitFor();
await picture('home-staff', home);
await move('5m');
await page
  .getByTestId('staff-sms')
  .getByText(/delivered/)
  .first()
  .waitFor();
await picture('staff-sms', page.locator('.staff-texts'));
await be('Sam', 'staff');
const post = (words: RegExp) => staffChannel.getByTestId('slack-message').filter({ hasText: words }).last();
await cardPicture('digest', post(/Texts to read/));
await cardPicture('summary', post(/^.*Weekly updates ·/));
await cardPicture('to-do', post(/To do/));

await browser.close();
await demo.stop();
