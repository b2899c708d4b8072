// Writes docs/images/demo.png for the README: the demo page after the first texts, an answer and a crisis text, which a
// counselor has taken over and answers in the thread. Run it with: node tools/node/with.mjs node test/browser/screenshot.ts

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startDemo } from '../../src/commands/demo.ts';
import { startBrowser } from '../support/browser.ts';
import { until } from '../support/house-clock.ts';
import { shrinkPng } from './small-png.ts';

const PICTURE = fileURLToPath(new URL('../../docs/images/demo.png', import.meta.url));

const demo = await startDemo(0);
const browser = await startBrowser();
const page = await browser.newPage({ viewport: { width: 1360, height: 900 }, reducedMotion: 'reduce' });
await page.goto(demo.url);
await page.getByTestId('phone-2').waitFor();

async function move(button: string) {
  const before = await page.getByTestId('clock-now').textContent();
  await page.getByTestId(button).click();
  await until('the clock has moved', async () => {
    const isMoving = (await page.getByTestId('clock-next').getAttribute('aria-disabled')) !== 'false';
    return !isMoving && (await page.getByTestId('clock-now').textContent()) !== before;
  });
}

async function say(phone: number, words: string, answer: RegExp) {
  await page.getByTestId(`phone-${phone}-input`).fill(words);
  await page.getByTestId(`phone-${phone}-send`).click();
  await page.getByTestId(`phone-${phone}-messages`).getByText(answer).last().waitFor();
}

await move('clock-next');
await move('clock-1h');
await say(1, 'ya terminé', /Luis/);
await say(0, 'i dont want to be alive anymore', /988/);
const card = page.getByTestId('slack-channel').getByTestId('slack-message').first();
await card.getByRole('button', { name: 'Take over' }).click();
await card.getByText(/writes with the student/).waitFor();
await card.getByTestId('thread-input').fill('Hi Maya, I am glad you wrote. Are you safe right now?');
await card.getByTestId('thread-input').press('Enter');
await card.getByText(/^Delivered/).waitFor();
await move('clock-5m');
await page.getByTestId('phone-0-input').fill('yeah im at my aunts');
await page.getByTestId('phone-0-send').click();
await card.getByText('yeah im at my aunts').waitFor();
await page.evaluate('window.scrollTo(0, 0)');
writeFileSync(PICTURE, shrinkPng(await page.screenshot({ fullPage: true })));
await browser.close();
await demo.stop();
