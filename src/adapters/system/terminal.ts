// Questions on the terminal: a line in, a line out, secrets without echo. Without a terminal the answers are the lines
// of standard input, so that a script can give them.

import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

export interface Ask {
  say(line: string): void;
  /** @throws when the input ends before an answer. */
  ask(question: string, isSecret: boolean): Promise<string>;
  close(): void;
}

export function openAsk(): Ask {
  const isTerminal = process.stdin.isTTY === true;
  let isMuted = false;
  const echo = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (!isMuted) process.stdout.write(chunk);
      done();
    },
  });
  const lines = createInterface({ input: process.stdin, output: echo, terminal: isTerminal, historySize: 0 });
  const given: string[] = [];
  let waiting: ((line: string | null) => void) | null = null;
  let isOver = false;
  const hand = (line: string | null) => {
    if (waiting === null) {
      if (line !== null) given.push(line);
      return;
    }
    const take = waiting;
    waiting = null;
    take(line);
  };
  lines.on('line', hand);
  lines.on('close', () => {
    isOver = true;
    hand(null);
  });
  const next = () =>
    new Promise<string | null>((resolve) => {
      const ready = given.shift();
      if (ready !== undefined) resolve(ready);
      else if (isOver) resolve(null);
      else waiting = resolve;
    });
  return {
    say: (line) => void process.stdout.write(`${line}\n`),
    async ask(question, isSecret) {
      process.stdout.write(question);
      isMuted = isSecret;
      const line = await next();
      isMuted = false;
      if (isSecret || !isTerminal) process.stdout.write('\n');
      if (line === null) throw new Error('The answers ended before the last question. Nothing was written to .env.');
      return line;
    },
    close: () => lines.close(),
  };
}
