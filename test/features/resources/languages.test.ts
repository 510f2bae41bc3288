import { expect, test } from 'vitest';
import { takeLanguages } from '../../../src/features/resources/finding/languages.ts';

const said = (text: string) => {
  const { rest, asked } = takeLanguages(text);
  return [rest.replace(/\s+/g, ' ').trim(), ...asked];
};

test.each([
  ['leaflet in Turkish about sleep', 'leaflet about sleep', 'in Turkish'],
  ['sleep leaflet turkish version', 'sleep leaflet', 'in Turkish'],
  ['Arabic version of safety plan', 'of safety plan', 'in Arabic'],
  ['translated into Somali', '', 'in Somali'],
  ['Turkish-speaking mum depressed', 'mum depressed', 'in Turkish'],
  ['mum speaks only Bengali', 'mum', 'in Bengali'],
  ['support in Turkish and Kurdish', 'support', 'in Turkish or Kurdish'],
  ['Bengali or Urdu leaflet about sleep', 'leaflet about sleep', 'in Bengali or Urdu'],
  ['domestic abuse in Urdu?', 'domestic abuse ?', 'in Urdu'],
  ['sleep leaflet Yiddish', 'sleep leaflet', 'in Yiddish'],
  ['leaflet in other languages', 'leaflet', 'in other languages'],
  ['information for parents in their own language', 'information for parents', 'in other languages'],
  ['translated leaflets', 'leaflets', 'in other languages'],
  ['BSL video on sleep', 'video on sleep', 'in British Sign Language'],
  ['sign language counselling', 'counselling', 'in British Sign Language'],
  ['easy read consent', 'easy read consent', 'easy read'],
])('%s', (text, rest, ...asked) => {
  expect(said(text)).toEqual([rest, ...asked]);
});

test.each([
  'turkish families',
  'safeguarding in Turkish families',
  'Polish dad new baby',
  'polish the report',
  'german measles leaflet',
  'in Welsh schools',
  'young Londoners in Latin America',
  'interpreter',
  'what language should we use',
  'language delay leaflet',
  'english as a second language',
  'video in English',
  'no English and a new baby',
])('not asked by its language: %s', (text) => {
  expect(said(text)).toEqual([text]);
});
