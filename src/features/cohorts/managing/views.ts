import type { KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import type { Cohort } from '../../../community/cohorts.ts';
import type { Person } from '../../../community/people.ts';
import { whoSeesProgress } from '../../../community/promises.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import { button, context, option, section } from '../../../slack/blocks.ts';
import { date, form, line, oneOf, people, ticked } from '../../../slack/form.ts';
import { packed, packedJson } from '../../../slack/packed.ts';
import { count, joinMrkdwn, list, type Mrkdwn, mention, mrkdwn, sayDate } from '../../../slack/text.ts';
import { ids } from '../ids.ts';
import { busy } from '../views.ts';
import type { ArchiveOutcome } from './archive.ts';
import type { ChooseOutcome } from './facilitators.ts';
import { nameless, nameMax } from './fields.ts';
import type { CohortFields } from './store.ts';

type Ages = Pick<Vocabulary, 'age_groups'>;

const name = { max: nameMax, hint: 'For example “Perinatal pilot, spring”.', missing: nameless };
const inGeneral = {
  ageGroup: oneOf('Age group', { hint: 'Leave it empty for a mixed group.' }),
  startsOn: date('First day'),
  endsOn: date('Last day'),
};
/** Drawn only where there is a running group of that name; ticking it is the answer. */
const evenSo = ticked('Two of the same name', { yes: 'Yes, have two groups of this name' });

/** Carries the id of the group to be, so that sending the form twice makes one. */
export const makeForm = form(
  { id: ids.makeForm, carries: packed(':', { id: z.uuid() }) },
  {
    title: 'Make a group',
    submit: 'Make this group',
    fields: {
      name: line('Name', { ...name, focus: true }),
      ...inGeneral,
      people: people('People', { hint: 'You can add more at any time, a whole channel too.' }),
      evenSo,
    },
  },
);

export const makeDialog = (
  id: string,
  ages: Ages,
  typed?: CohortFields & { people: readonly string[] },
  existing?: Cohort,
): View =>
  makeForm.view({
    carry: { id },
    above: [
      context(mrkdwn`Its facilitators see who is in it. Members see its name and dates, not each other.`),
    ],
    options: { ageGroup: ageOptions(ages) },
    ...(typed && { initial: typed }),
    ...askSameName(existing),
  });

const day = z.string().optional();
/** Which group, and how it stood when the form was drawn. */
const edited = packedJson(
  z.object({
    id: z.string(),
    seen: z.object({ name: z.string(), ageGroup: z.string().optional(), startsOn: day, endsOn: day }),
  }),
);

export const editForm = form(
  { id: ids.editForm, carries: edited },
  {
    title: 'Name and dates',
    submit: 'Save changes',
    fields: { name: line('Name', name), ...inGeneral, evenSo },
  },
);

export const editDialog = (
  cohortId: string,
  ages: Ages,
  initial: CohortFields,
  {
    seen = initial,
    existing,
    meanwhile = [],
  }: {
    seen?: Pick<CohortFields, 'name'> & Partial<CohortFields>;
    existing?: Cohort;
    meanwhile?: readonly (keyof CohortFields)[];
  } = {},
): View =>
  editForm.view({
    carry: {
      id: cohortId,
      seen: { name: seen.name, ageGroup: seen.ageGroup, startsOn: seen.startsOn, endsOn: seen.endsOn },
    },
    above: [
      ...(meanwhile.length > 0
        ? [
            section(
              mrkdwn`*It is not saved yet.* A colleague has changed this meanwhile: ${list(meanwhile.map((field) => sayField(field, seen, ages)))}. What you chose stands below; save it to have yours.`,
            ),
          ]
        : []),
      context(mrkdwn`Members see the name and the dates.`),
      section(
        mrkdwn`Half-term, a strike day: days on which this group is asked nothing.`,
        button('Closed days', ids.closed, { value: cohortId }),
      ),
    ],
    options: { ageGroup: ageOptions(ages) },
    initial,
    ...askSameName(existing),
  });

function sayField(
  field: keyof CohortFields,
  { [field]: value }: Partial<CohortFields>,
  { age_groups }: Ages,
): string {
  const what = {
    name: 'the name',
    ageGroup: 'the age group',
    startsOn: 'the first day',
    endsOn: 'the last day',
  };
  const isDay = field === 'startsOn' || field === 'endsOn';
  const label = isDay ? value && sayDate(value) : (age_groups.find(({ id }) => id === value)?.label ?? value);
  return `${what[field]} is now ${label ? `“${label}”` : 'left empty'}`;
}

const ageOptions = ({ age_groups }: Ages) => age_groups.map(({ id, label }) => option(label, id));

function askSameName(
  existing: Cohort | undefined,
): { without: ['evenSo'] } | { before: { evenSo: KnownBlock[] } } {
  if (!existing) return { without: ['evenSo'] };
  const asked = mrkdwn`*There is a group called ${existing.name} already.* Choose another name, or tick the box to have two of that name.`;
  return { before: { evenSo: [section(asked)] } };
}

export const madeReceipt = (cohort: Cohort): Mrkdwn =>
  mrkdwn`*${cohort.name} is made.* You can change its name and dates, or archive it, at any time.`;

export const changedReceipt = (before: Cohort, { name: now }: CohortFields): Mrkdwn =>
  before.name === now ? mrkdwn`*Saved.*` : mrkdwn`*Saved.* The group was called ${before.name} before.`;

export const archiveReceipt = ({ kind, cohort }: Exclude<ArchiveOutcome, { kind: 'not-allowed' }>): Mrkdwn =>
  kind === 'archived'
    ? mrkdwn`*${cohort.name} is archived.* Nothing was deleted. You find it under “Archived” in the list of groups.`
    : mrkdwn`*${cohort.name} is running again*, with the people who were in it. What was on its way when it was archived is not sent.`;

/** Which group, and who ran it when the form was drawn. */
const facilitated = packedJson(z.object({ id: z.string(), seen: z.array(z.string()) }));

export const facilitatorsForm = form(
  { id: ids.facilitatorsForm, carries: facilitated },
  {
    title: 'Facilitators',
    submit: 'Save facilitators',
    fields: {
      people: people('Facilitators of this group', {
        hint: 'Each person gets a note about the change. With nobody here, the facilitators of all groups look after it, and administrators are told.',
      }),
    },
  },
);

export const facilitatorsDialog = (cohort: Cohort, facilitators: readonly Person[]): View =>
  facilitatorsForm.view({
    carry: { id: cohort.id, seen: facilitators.map(({ slackId }) => slackId) },
    above: [
      context(
        mrkdwn`Of *${cohort.name}*. Facilitators see who is in the group, and check-in answers that are given with a name. ${whoSeesProgress}`,
      ),
    ],
    initial: { people: facilitators.map(({ slackId }) => slackId) },
  });

export const savingFacilitators = (): View => busy(mrkdwn`Saving the facilitators …`);

export function facilitatorsReceipt(outcome: Exclude<ChooseOutcome, { kind: 'not-allowed' }>): Mrkdwn {
  if (outcome.kind === 'not-known')
    return mrkdwn`*Nothing was changed:* Slack did not say who ${count(outcome.unknown, 'person is', 'people are')}. Please try again in a few minutes.`;
  const { added, removed, refused, isUnled } = outcome;
  const lines = [
    mrkdwn`*Saved.*`,
    added.length > 0 && named('Now facilitating:', added),
    removed.length > 0 && named('No longer facilitating:', removed),
    refused.length > 0 &&
      mrkdwn`${named('Not added:', refused)} Guests, apps, people of other workspaces and people who have left cannot facilitate.`,
    isUnled &&
      mrkdwn`Nobody facilitates this group by a role of its own now. The facilitators of all groups look after it.`,
  ];
  return joinMrkdwn(lines, '\n');
}

const named = (words: string, who: readonly Person[]): Mrkdwn =>
  mrkdwn`${words} ${joinMrkdwn(
    who.map(({ slackId }) => mention(slackId)),
    ', ',
  )}.`;
