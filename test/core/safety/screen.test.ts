// What the distress screen promises a student: each tier, earlier texts, jokes, denials, other people, other spellings.

import { describe, expect, it } from 'vitest';
import { read } from './screen-shipped.ts';

describe('the tier of a text', () => {
  it.each([
    ['i want to kill myself', 'crisis'],
    ['my dad hits me when he drinks', 'crisis'],
    ['i took the whole bottle of tylenol', 'crisis'],
    ['im bringing a gun to orientation', 'crisis'],
    ['we got evicted and i have nowhere to sleep', 'high'],
    ['ice took my dad this morning', 'high'],
    ['i keep having panic attacks', 'high'],
    ['im so overwhelmed rn', 'moderate'],
    ['can i talk to a real person', 'moderate'],
    ['not gonna go to college anymore', 'moderate'],
    ['yes i sent the form', 'none'],
    ['what time is orientation', 'none'],
  ])('%s is %s', (text, tier) => {
    expect(read(text).tier).toBe(tier);
  });

  it('stays silent at idioms', () => {
    for (const text of [
      'this form is killing me',
      'me muero de risa',
      'my phone died sorry',
      'i could kill for some tacos',
    ]) {
      expect(read(text), text).toMatchObject({ tier: 'none', matched: [], signals: [], kind: null, language: null });
    }
  });

  it('finds danger beside an idiom', () => {
    expect(read('this form is killing me and i want to die').tier).toBe('crisis');
  });

  it('finds danger inside a text about logistics', () => {
    expect(read('yes i paid the deposit. my stepdad choked me last night. when is move in').tier).toBe('crisis');
    expect(read('can i switch roommates? she says she wants to kill herself').tier).toBe('crisis');
  });

  it('does not take laughter or a form alone for a joke', () => {
    expect(read('i cut too deep and im dizzy, my placement test is tmrw').tier).toBe('crisis');
    expect(read('lol i want to kill myself').tier).toBe('crisis');
  });

  it('never silences an explicit word', () => {
    expect(read('im gonna kms con este portal jaja').tier).not.toBe('none');
    expect(read('not suicidal, just really tired of everything').tier).not.toBe('none');
  });

  it('reads a wish not to live as what it is, for all its negations', () => {
    expect(read('i dont want to be alive anymore').tier).toBe('crisis');
    expect(read('im not joking i will end my life').tier).toBe('crisis');
    expect(read('im not gonna do it today but i want to').tier).toBe('crisis');
  });

  it('still hears distress in HELP and STOP', () => {
    expect(read('HELP my dad has a knife').tier).toBe('crisis');
    expect(read('STOP i wont be alive next week').tier).toBe('crisis');
    expect(read('STOP').tier).toBe('none');
  });
});

describe('earlier texts', () => {
  it('are read together with the new one', () => {
    expect(read('kill myself').tier).toBe('crisis');
    expect(read('myself tonight', { previous: ['i am going to kill'] }).tier).toBe('crisis');
    expect(read('myself tonight').tier).toBe('none');
  });

  it('make a second moderate text a high one', () => {
    expect(read('im so stressed about everything').tier).toBe('moderate');
    expect(read('im so stressed about everything', { previous: ['i feel so lonely'] }).tier).toBe('high');
  });

  it('of the last day are known by their tiers', () => {
    const text = 'im so stressed about everything';
    expect(read(text, { recentTiers: ['none', 'moderate'] }).tier).toBe('high');
    expect(read(text, { recentTiers: ['none'] }).tier).toBe('moderate');
    expect(read('ok thanks', { recentTiers: ['moderate'] }).tier).toBe('none');
  });

  it('keep the danger that is spread over them', () => {
    const previous = ['my dad has been drinking again', 'he has the belt'];
    expect(read('he just hit me with it', { previous }).tier).toBe('crisis');
  });

  it('are not taken back by "jk", which by itself pages nobody', () => {
    expect(read('jk lol', { previous: ['i want to kill myself'] }).tier).toBe('none');
    expect(read('i want to die jk', { previous: ['i want to kill myself'] }).tier).toBe('crisis');
  });

  it('do not make an ordinary text a page', () => {
    expect(read('ok thanks', { previous: ['i feel so lonely'] }).tier).toBe('none');
  });

  it.each(['no, quiero morirme', 'no, i want to die', 'nah — me quiero matar'])(
    'a "no" before a comma denies nothing: %j',
    (text) => expect(read(text).tier).toBe('crisis'),
  );
  it.each(['i want to kill myself jk', 'i want to kill myself lol nvm', 'me quiero matar jaja'])(
    '"%s" is not cancelled',
    (text) => {
      expect(read(text).tier).toBe('crisis');
    },
  );
});

describe('after a question about safety', () => {
  it.each(['yes', 'kind of', 'a little', 'sí', 'un poco', 'a veces'])('"%s" is a crisis', (text) => {
    expect(read(text, { afterSafetyQuestion: true }).tier).toBe('crisis');
    expect(read(text).tier).toBe('none');
  });

  it('an ordinary no is none', () => {
    expect(read('no im fine', { afterSafetyQuestion: true }).tier).toBe('none');
  });
});

describe('of what a text speaks', () => {
  it.each([
    ['i want to die', 'self'],
    ['my best friend said shes going to kill herself', 'someone_else'],
    ['my uncle touches me when my mom is at work', 'abuse'],
    ['i want to kill my stepdad and im not playing', 'threat_to_others'],
    ['my mom got detained by ice', 'immigration'],
    ['im not going to college anymore', 'not_going'],
    ['mi amiga dice que se quiere matar', 'someone_else'],
    ['la migra se llevó a mi papá', 'immigration'],
  ])('%s: %s', (text, kind) => {
    expect(read(text).kind).toBe(kind);
  });

  it('is told with its language', () => {
    expect(read('i want to die').language).toBe('en');
    expect(read('ya no quiero vivir').language).toBe('es');
  });
});

describe('spelling and language', () => {
  it.each([
    'k1ll my self tonite',
    's u i c i d e',
    'i dnt wanna b alive no more',
    'havin suicidel thoughts agian',
    'im gonna unalive myself',
    'I WANT TO DIEEEE',
    'i w\u0430nt to k\u0456ll myself',
    'me kiero matar',
    'qu1ero mor1rme',
    'ya no quiero vivir',
    'tengo thoughts de matarme y no sé who to tell',
    'no quiero be here anymore, like en este mundo',
    '🔪🩸 again tonight',
  ])('"%s" is a crisis', (text) => {
    expect(read(text).tier).toBe('crisis');
  });

  it('quotes the words as they were typed', () => {
    expect(read('ok so. K1ll my self tonite').matched.join(' ')).toContain('K1ll my self');
    expect(read('Ya NO quiero vivir, perdón').matched.join(' ')).toContain('NO quiero vivir');
  });
});
