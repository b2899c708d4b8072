// That what somebody does to a student is heard as that, in both languages: the reply to it asks whether texting is safe.

import { expect, it } from 'vitest';
import { read } from './screen-shipped.ts';

it.each([
  'ayer mi papá me sacó sangre de la nariz y hoy otra vez esta tomando',
  'agarró a mi mamá del cuello, ayuda',
  'mi papá quebró todo y ahora viene por nosotros',
  'mi ex me manda fotos de mi casa desde afuera, ya no salgo',
  'my sponsor says i owe 12k and i have to do what he says',
  'mi padrastro llega tomado y me pega con el cinto',
  'my stepdad left bruises all over my arms again',
])('hears abuse in "%s"', (text) => {
  const { tier, kind } = read(text);
  expect({ tier, kind }).toEqual({ tier: 'crisis', kind: 'abuse' });
});
