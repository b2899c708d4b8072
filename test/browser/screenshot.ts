// Writes docs/images/demo.png for the README: the demo page after the first texts, an answer, a crisis text, and five
// minutes in which nobody acknowledged. Run it with: node tools/node/with.mjs node test/browser/screenshot.ts

import { fileURLToPath } from 'node:url';
import { startDemo } from '../../src/commands/demo.ts';
import { startBrowser } from '../support/browser.ts';
import { until } from '../support/house-clock.ts';

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
await move('clock-5m');
await page
  .getByTestId('staff-sms')
  .getByText(/alert, case/)
  .waitFor();
await page
  .getByTestId('staff-sms')
  .getByText(/delivered/)
  .waitFor();
await page.screenshot({ path: PICTURE, fullPage: true });
await browser.close();
await demo.stop();
