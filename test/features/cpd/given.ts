import { ContentFolder } from '../../../src/content/read.ts';
import {
  type CpdForms,
  formOf,
  readCpdForms,
  recordOf,
  takesEntries,
} from '../../../src/features/cpd/content.ts';
import type { Chosen } from '../../../src/features/cpd/entries.ts';
import type { Added } from '../../../src/features/cpd/store.ts';
import { documentOf, type RecordDocument } from '../../../src/features/cpd/taking/document.ts';
import type { Learned } from '../../../src/features/feature.ts';
import { readFrameworks } from '../../../src/features/reflections/content.ts';

const never = (): never => {
  throw new Error('The content does not fit.');
};

const folder = new ContentFolder('data');
export const frameworks = readFrameworks(folder) ?? never();
export const stepsOfFrameworks = new Map(
  frameworks.frameworks.map(({ id, steps }) => [id, new Set(steps.map(({ key }) => key))]),
);
export const content: CpdForms =
  readCpdForms(folder, { frameworks: stepsOfFrameworks, roles: undefined }) ?? never();
folder.finish();

/** A reflection as the journal hands it over. */
export const reflection = (change: Partial<Learned> = {}): Learned => ({
  id: 'reflection:1',
  on: '2026-03-03',
  what: 'Two-minute note',
  title: undefined,
  framework: 'quick-note',
  texts: { moment: 'A calm talk', learned: 'Silence helps', next: 'Wait longer' },
  choices: {},
  line: 'A calm talk',
  ...change,
});

type Wanted = { forms?: string[]; added?: Record<string, Added>; today?: string };

/** Something that follows no framework, as what was saved does. */
export const savedThing = (line: string): Learned => {
  const { framework: _none, ...rest } = reflection();
  return { ...rest, id: 'saved:1', what: 'Saved resource', texts: {}, line };
};

/** A record with all of its forms, or some, and every entry in each form that takes any. */
export function documentWith(
  recordId: string,
  entries: readonly Learned[],
  { forms: wanted, added = {}, today = '2026-11-27' }: Wanted = {},
): RecordDocument {
  const record = recordOf(content, recordId) ?? never();
  const ids = wanted ?? record.forms;
  const forms = ids.map((id) => formOf(content, id) ?? never());
  const chosen: Chosen = {
    choice: { record: recordId, from: '2023-11-27', until: today, forms: ids, entries: {} },
    record,
    forms,
    toTick: forms.filter(takesEntries),
    offered: [...entries],
    ticked: forms.filter(takesEntries).flatMap((form) => entries.map((entry) => ({ form, entry }))),
    gone: 0,
    added: new Map(Object.entries(added)),
  };
  return documentOf(content, chosen, today);
}
