// What a linter cannot say: files that no door reaches, words that mean something else here, impurities of the core,
// and papers that tell another story than the code.

import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SETTINGS } from '../src/config.ts';
import { STEP_TYPES } from '../src/core/flow/steps/index.ts';
import { codeOf, filesOfCheckout, filesUnder, importsOf, readText, targetOf } from './support/source-tree.ts';

const CHECKOUT = filesOfCheckout();
const SOURCE = filesUnder('src');
const CODE = SOURCE.filter((file) => /\.(?:ts|js)$/.test(file));
const TESTS = CHECKOUT.filter((file) => file.startsWith('test/') && file.endsWith('.ts'));

/** Places where a pattern stands in the code of these files, as `file:line text`. */
function findInCode(files: readonly string[], pattern: RegExp): string[] {
  return files.flatMap((file) =>
    codeOf(readText(file))
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [])),
  );
}

describe('every file has its place', () => {
  const DOORS = ['src/main.ts', 'src/cli.ts'];
  const STATIC_FILES = 'src/rehearsal/page/static-files.ts';
  /** Shells of the rehearsal that only the simulator uses. */
  const PRACTICE = ['src/rehearsal/wire/in-process-fetch.ts'];

  function neighboursOf(file: string): string[] {
    const imported = importsOf(readText(file)).flatMap((specifier) => targetOf(file, specifier) ?? []);
    // The rehearsal's page is served as files: what the server of it names is reached.
    const served = file === STATIC_FILES ? [...readText(file).matchAll(/'([\w-]+\.\w+)'/g)] : [];
    // A worker thread, and a process of its own, is started by the address of its file.
    const threads = [...readText(file).matchAll(/(?:new Worker|fileURLToPath)\(\s*new URL\(\s*'([^']+\.ts)'/g)];
    return [...imported, ...[...served, ...threads].map(([, name = '']) => posix.join(posix.dirname(file), name))];
  }

  it('reaches every file of src from a door', () => {
    const reached = new Set([...DOORS, ...PRACTICE]);
    for (const file of reached) {
      if (!/\.(?:ts|js)$/.test(file) || !SOURCE.includes(file)) continue;
      for (const other of neighboursOf(file)) reached.add(other);
    }
    const configuration = /(?:^|\/)tsconfig\.json$/;
    expect(SOURCE.filter((file) => !reached.has(file) && !configuration.test(file))).toEqual([]);
  });

  it('uses every helper of the tests', () => {
    const used = new Set(
      [...TESTS, 'vitest.config.ts', 'package.json'].flatMap((file) => {
        const text = readText(file);
        const named = [...text.matchAll(/\btest\/[\w/.-]+\.ts\b/g)].map(([path]) => path);
        const beside = [...text.matchAll(/new URL\(\s*'([^']+\.ts)'/g)].map(([, path = '']) =>
          posix.join(posix.dirname(file), path),
        );
        return [...named, ...beside, ...importsOf(text).flatMap((specifier) => targetOf(file, specifier) ?? [])];
      }),
    );
    expect(TESTS.filter((file) => !file.endsWith('.test.ts') && !used.has(file))).toEqual([]);
  });

  it('has no folder that means nothing', () => {
    const banned = /(?:^|\/)(?:utils?|helpers?|common|shared|types|lib|services)\//;
    expect(CHECKOUT.filter((file) => banned.test(file))).toEqual([]);
  });

  it('has no barrel but the step registry', () => {
    const barrels = CODE.filter((file) => /(?:^|\/)index\.(?:ts|js)$/.test(file));
    expect(barrels).toEqual(['src/core/flow/steps/index.ts']);
    expect(findInCode(CODE, /^export \*/)).toEqual([]);
  });

  it('names files in kebab-case', () => {
    const named = [...CODE, ...TESTS, ...filesUnder('flows'), ...filesUnder('migrations')];
    expect(
      named.filter(
        (file) =>
          !/^[a-z0-9]+(?:[-.][a-z0-9]+)*$/.test(posix.basename(file)) && !file.startsWith('test/core/flow/steps/'),
      ),
    ).toEqual([]);
  });

  it('numbers migrations without a gap, each once', () => {
    const names = filesUnder('migrations').map((file) => posix.basename(file));
    expect(names.filter((name) => !/^\d{4}-[a-z0-9-]+\.ts$/.test(name))).toEqual([]);
    const numbers = names.map((name) => Number(name.slice(0, 4))).sort((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });
});

describe('the core is pure', () => {
  const CORE = CODE.filter((file) => file.startsWith('src/core/'));
  const INVARIANT = 'src/core/model/invariant.ts';

  it.each([
    ['reads no clock', /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\s*\)|\bTemporal\.Now\b/],
    ['draws nothing at random', /\bMath\.random\b|\brandomUUID\b/],
    ['waits for nothing', /\basync\b|\bawait\b|\bPromise\b/],
  ])('%s', (_, pattern) => {
    expect(findInCode(CORE, pattern)).toEqual([]);
  });

  it('throws only through invariant()', () => {
    expect(
      findInCode(
        CORE.filter((file) => file !== INVARIANT),
        /\bthrow\b/,
      ),
    ).toEqual([]);
    expect(findInCode([INVARIANT], /\bthrow\b/)).not.toEqual([]);
  });

  it('has step files that do not know each other', () => {
    const steps = CORE.filter((file) => /\/steps\/(?!index\.ts$)[^/]+\.ts$/.test(file));
    const known = steps.flatMap((file) =>
      importsOf(readText(file)).flatMap((specifier) => {
        const target = targetOf(file, specifier);
        return target?.includes('/steps/') ? [`${file} knows ${target}`] : [];
      }),
    );
    expect(steps.length).toBeGreaterThan(0);
    expect(known).toEqual([]);
  });
});

describe('the clock and the environment have one door each', () => {
  it('reads the environment in config.ts only', () => {
    expect(
      findInCode(
        CODE.filter((file) => file !== 'src/config.ts'),
        /\bprocess\.env\b/,
      ),
    ).toEqual([]);
  });

  it('takes program time from the Clock port in the app', () => {
    const app = CODE.filter((file) => file.startsWith('src/app/'));
    expect(findInCode(app, /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b/)).toEqual([]);
  });

  it('never schedules program work with a timer of the process', () => {
    const rooms = CODE.filter((file) => /^src\/(?:core|app)\//.test(file));
    expect(findInCode(rooms, /\bset(?:Timeout|Interval)\b/)).toEqual([]);
  });
});

describe('nothing is left for later', () => {
  const written = CHECKOUT.filter((file) =>
    /\.(?:ts|js|mjs|json|ya?ml|md|css|html)$|^\.env\.example$/.test(file),
  ).filter((file) => !file.endsWith('package-lock.json'));

  it('has no note to ourselves', () => {
    const note = new RegExp(`\\b(?:${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')})\\b`);
    expect(written.filter((file) => note.test(readText(file)))).toEqual([]);
  });

  it('silences no check', () => {
    // One silence each would be allowed with its reason beside it; there is none so far.
    const silence = new RegExp(
      `${['@ts', 'ignore'].join('-')}|${['@ts', 'expect-error'].join('-')}|${['@ts', 'nocheck'].join('-')}`,
    );
    expect([...CODE, ...TESTS].filter((file) => silence.test(readText(file)))).toEqual([]);
    const skipped = new RegExp(`\\b(?:it|test|describe)\\.${['(?:only', 'skip', 'todo)'].join('|')}\\b`);
    expect(findInCode(TESTS, skipped)).toEqual([]);
  });
});

describe('people are made up', () => {
  /** Lines that the public is told to call; everybody else has a number that nobody can have. */
  const CRISIS_LINES = new Set(['8662463453', '8664887386', '8776968000', '8887438255', '8006624357', '8007997233']);
  const NUMBER = /(?<![\d.-])(?:\+?1[-. ]?)?\(?([2-9]\d{2})\)?[-. ]?([2-9]\d{2})[-. ]?(\d{4})(?![\d-])/g;

  it('has no phone number but 555-01xx and crisis lines', () => {
    const folders = /^(?:src|test|flows|docs|bench|migrations)\/|^[^/]+\.(?:md|json|ts)$|^\.env\.example$/;
    const files = CHECKOUT.filter((file) => folders.test(file) && !/package-lock\.json$|\.(?:png|jpg|ico)$/.test(file));
    const real = files.flatMap((file) =>
      [...readText(file).matchAll(NUMBER)].flatMap(([whole, area = '', exchange = '', line = '']) => {
        const isOurs = exchange === '555' && line.startsWith('01');
        // Ten or more digits in one run without a plus are times and hashes, not phone numbers.
        const isNumber = whole.startsWith('+') || /[-. ()]/.test(whole);
        return isOurs || !isNumber || CRISIS_LINES.has(area + exchange + line) ? [] : [`${file}: ${whole}`];
      }),
    );
    expect(real).toEqual([]);
  });
});

describe('one word for each thing', () => {
  /** The glossary's "never say", as far as a word has no other honest meaning in these rooms. */
  const INNER_ROOMS = /^src\/(?:core|app)\//;
  const NEVER_IN_CORE_AND_APP: Readonly<Record<string, string>> = {
    user: "mentee, mentor or counselor (slackUserId is the vendor's)",
    student: 'mentee',
    client: 'mentee',
    coach: 'mentor',
    buddy: 'mentor',
    agent: 'counselor',
    admin: 'counselor',
    advisor: 'counselor',
    pair: 'match',
    assignment: 'match',
    dialog: 'flow',
    session: 'conversation',
    sleep: 'wait',
    checklist: 'task',
    reminder: 'nudge',
    blast: 'nudge',
    campaign: 'nudge',
    survey: 'check-in',
    medium: 'channel',
    transport: 'channel',
    audience: 'cohort',
    unsubscribe: 'opt-out',
    incident: 'escalation',
    ticket: 'escalation',
    notification: 'alert',
    takeover: 'handoff',
    transfer: 'handoff',
    dispatcher: 'relay',
    worker: 'relay',
  };
  /** In the other rooms vendors' words have their place, these do not. */
  const NEVER_ANYWHERE = [
    'student',
    'coach',
    'buddy',
    'advisor',
    'reminder',
    'blast',
    'incident',
    'ticket',
    'takeover',
  ];

  function wordsOf(file: string): Set<string> {
    const identifiers =
      codeOf(readText(file))
        .replace(/`[^`]*`/g, '')
        .match(/[A-Za-z_$][\w$]*/g) ?? [];
    return new Set(
      identifiers
        .map((name) => name.replace(/[sS]lack_?[uU]sers?/g, ''))
        .flatMap((name) =>
          name
            .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
            .toLowerCase()
            .split(/[ _$]+/),
        )
        .map((word) => word.replace(/s$/, '')),
    );
  }

  function misspoken(files: readonly string[], never: readonly string[]): string[] {
    return files.flatMap((file) => {
      const words = wordsOf(file);
      return never
        .filter((word) => words.has(word))
        .map((word) => `${file} says ${word}: ${NEVER_IN_CORE_AND_APP[word] ?? 'see the glossary'}`);
    });
  }

  it('is used in core and app', () => {
    const files = CODE.filter((file) => INNER_ROOMS.test(file));
    expect(misspoken(files, Object.keys(NEVER_IN_CORE_AND_APP))).toEqual([]);
  });

  it('is used in every other room', () => {
    const files = CODE.filter((file) => !INNER_ROOMS.test(file));
    expect(misspoken(files, NEVER_ANYWHERE)).toEqual([]);
  });
});

describe('paper tells what the code does', () => {
  const names = Object.keys(SETTINGS).sort();

  it('has every setting in .env.example, and no other', () => {
    const given = [...readText('.env.example').matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)].map(([, name = '']) => name);
    expect(given.sort()).toEqual(names);
  });

  it('shows in .env.example what is required: those lines are not commented out', () => {
    const required = Object.entries(SETTINGS).flatMap(([name, setting]) => (setting.required ? [name] : []));
    const open = [...readText('.env.example').matchAll(/^([A-Z][A-Z0-9_]+)=/gm)].map(([, name = '']) => name);
    expect(open.sort()).toEqual(required.sort());
  });

  it('lists every setting in docs/operations.md, and no other', () => {
    const text = readText('docs/operations.md');
    const table = [...text.matchAll(/^\|\s*`([A-Z][A-Z0-9_]+)`/gm)].map(([, name = '']) => name);
    expect([...new Set(table)].sort()).toEqual(names);
  });

  it('has a section for each step type in docs/flow-language.md', () => {
    const sections = [...readText('docs/flow-language.md').matchAll(/^### (\w+)$/gm)].map(([, name = '']) => name);
    expect(sections).toEqual([...STEP_TYPES]);
  });

  it('has every word of the glossary in docs/glossary.md', () => {
    const text = readText('docs/glossary.md').toLowerCase();
    const terms = [
      'mentee',
      'mentor',
      'counselor',
      'flow',
      'step',
      'conversation',
      'event',
      'effect',
      'wait',
      'timer',
      'task',
      'deadline',
      'nudge',
      'channel',
      'segment',
      'delivery receipt',
      'opt-out',
      'consent',
      'quiet hours',
      'signal',
      'screen',
      'escalation',
      'alert',
      'acknowledge',
      'handoff',
      'inbox',
      'outbox',
      'relay',
    ];
    expect(terms.filter((term) => !text.includes(term))).toEqual([]);
  });
});

describe('the lockfile', () => {
  const entry = z.object({ optionalDependencies: z.record(z.string(), z.string()).default({}) });
  const lock = z.object({ packages: z.record(z.string(), entry) });

  it('names the optional packages of every platform, without which npm ci refuses it', () => {
    const { packages } = lock.parse(JSON.parse(readText('package-lock.json')));
    const missing = Object.entries(packages).flatMap(([where, { optionalDependencies }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !(`node_modules/${name}` in packages) && !(`${where}/node_modules/${name}` in packages),
      ),
    );
    expect(missing).toEqual([]);
  });
});
