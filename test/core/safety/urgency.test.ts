// Tonight and now, as students write it: only such words let a high case page somebody by night.

import { describe, expect, it } from 'vitest';
import { saysNow } from '../../../src/core/safety/urgency.ts';

describe('a text says tonight or now', () => {
  it.each([
    'i have nowhere to sleep tonight',
    'got kicked out tonite',
    'hes outside my door rn',
    'she is on her way over and shes drunk',
    'can somebody call me right now',
    'i need help NOW',
    'my dad locked me out',
    'we have to be out by tomorrow morning',
    "i can't be here till morning",
    'they said we must leave before the morning',
    'no tengo donde dormir esta noche',
    'necesito hablar con alguien ahorita',
    'me corrieron de mi casa',
    'está afuera y no se va',
    'nos sacan mañana temprano',
    'ayuda, es para hoy en la noche',
    'AHORA MISMO por favor',
  ])('%s', (text) => expect(saysNow(text)).toBe(true));
});

describe('a text that can wait for the morning', () => {
  it.each([
    'my stepdad has been hitting me for years',
    'we got an eviction notice, 30 days',
    'i have not eaten much this week',
    'last night was bad',
    'im ok for now',
    'i used to cut, not now',
    'until now nobody knew',
    'i dont know what to do anymore',
    'mi papá me pega cuando toma',
    'no he comido bien esta semana',
    'anoche fue horrible',
    'quizá la próxima semana nos vamos',
  ])('%s', (text) => expect(saysNow(text)).toBe(false));
});
