import type { KnownBlock, PlainTextOption, View } from '@slack/types';
import { z } from 'zod';
import type { Seen } from '../../../community/opened.ts';
import type { General } from '../../../community/organisations/content.ts';
import type { OrganisationList } from '../../../community/organisations/list.ts';
import { foldName } from '../../../community/organisations/match.ts';
import { whoSeesAccessNeeds } from '../../../community/promises.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import { type Doubtful, doubt, doubtBlocks, doubtOf, maskAnd } from '../../../safeguarding/warning.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, context, divider, modal, option, plain, section } from '../../../slack/blocks.ts';
import {
  form,
  line,
  oneOf,
  paragraph,
  severalOf,
  ticked,
  typedChoice,
  typedOption,
} from '../../../slack/form.ts';
import { packedJson } from '../../../slack/packed.ts';
import { decodeEntities, joinMrkdwn, list, type Mrkdwn, mrkdwn, tidyLine } from '../../../slack/text.ts';
import { saySeen } from '../access/views.ts';
import type { Extra, JourneyContent } from '../content.ts';
import { ids } from '../ids.ts';
import type { Offered } from './organisation.ts';
import {
  keepName,
  noSingle,
  type Profile,
  type ProfileField,
  profileFields,
  type Visibility,
} from './profile.ts';
import type { Suggested } from './suggest.ts';

/** Of the line that introduces somebody, in code points. */
export const lineLimit = 300;

const ownWords = 'Type to choose one, or to write your own.';

export const profileForm = form(ids.saveProfile, {
  title: 'About you',
  submit: 'Save and go on',
  close: 'Not now',
  fields: {
    role: typedChoice('Your role', { suggestedBy: ids.role, hint: ownWords }),
    organisation: typedChoice('Your organisation or team', {
      suggestedBy: ids.organisation,
      hint: `${ownWords} Of a single school, nursery or GP practice others see the kind alone: the next page says what they see, and asks where I cannot tell.`,
    }),
    ageGroups: severalOf('Age groups you work with', { menu: true }),
    interests: severalOf('Topics you care about', { menu: true }),
    boroughs: severalOf('Where you work', { menu: true }),
  },
});

/** First of two steps: five things, each of which may be left out. */
export const profileModal = (
  { content, vocabulary }: { content: JourneyContent; vocabulary: Vocabulary },
  profile: Profile,
): View =>
  profileForm.view({
    initial: profile,
    options: {
      ageGroups: vocabulary.age_groups.map((group) => option(group.label, group.id)),
      interests: vocabulary.topics.slice(0, 100).map((topic) => option(topic.label, topic.id)),
      boroughs: content.boroughs.slice(0, 10).map((place) => option(place, place.slice(0, 150))),
    },
    without: content.boroughs.length > 0 ? [] : ['boroughs'],
    above: [
      section(
        mrkdwn`Facilitators see this unless you say otherwise on the next page. Leave out whatever you like. I do not ask about your own history, health or identity.`,
      ),
    ],
  });

/**
 * Where somebody may work, the nearest first, and last what they typed: its value is a name, which stands in their profile
 * as they see it here.
 * @param shared names that are not on the list and that several colleagues show.
 */
export function organisationSuggestions(
  typed: string,
  list: OrganisationList,
  shared: readonly string[],
): PlainTextOption[] {
  const words = tidyLine(decodeEntities(typed));
  if (words === '') return [];
  const folded = foldName(words);
  const names = [
    ...list.offer(words).map(({ name }) => name),
    ...shared.filter((name) => foldName(name).includes(folded) && list.idOf(name) === undefined),
  ];
  const isNew = !names.some((name) => name.toLowerCase() === words.toLowerCase());
  return [
    ...names.slice(0, 50).map(typedOption),
    ...(isNew ? [{ ...typedOption(words), text: plain(`Somewhere else: ${words}`, 75) }] : []),
  ];
}

/** Those that hold what was typed, and what was typed itself: anybody may write their own. */
export function suggestions(typed: string, known: readonly string[]): PlainTextOption[] {
  const words = tidyLine(decodeEntities(typed));
  const folded = words.toLowerCase();
  const fitting = known.filter((one) => one.toLowerCase().includes(folded)).slice(0, 50);
  const isNew = words !== '' && !fitting.some((one) => one.toLowerCase() === folded);
  return [...fitting, ...(isNew ? [words] : [])].map(typedOption);
}

const fieldNames: Record<ProfileField, string> = {
  role: 'My role',
  organisation: 'My organisation or team',
  age_groups: 'The age groups I work with',
  interests: 'The topics I care about',
  boroughs: 'Where I work',
  introduction: 'The line that introduces me',
};
export const fieldOptions = profileFields.map((field) => option(fieldNames[field], field));

export const profileMoreForm = form(
  { id: ids.saveProfileMore, carries: packedJson(z.object({ doubt })) },
  {
    title: 'About you',
    submit: 'Save my profile',
    close: 'Not now',
    fields: {
      introduction: line('A line to introduce you', {
        inTheirWords: true,
        max: lineLimit,
        hint: 'In your own words, as you would like to be introduced. Nothing about families, please.',
      }),
      accessNeeds: paragraph('Anything that makes taking part easier for you', {
        inTheirWords: true,
        max: 500,
        hint: `${whoSeesAccessNeeds} This holds whatever you choose below.`,
      }),
      shown: severalOf('Colleagues may see', {
        of: fieldOptions,
        menu: true,
        hint: 'Used where colleagues are shown to each other, and only if you also say yes to being listed or introduced.',
      }),
      hidden: severalOf('Only I see', {
        of: fieldOptions,
        menu: true,
        hint: 'Not even facilitators. It still shapes what is suggested to you.',
      }),
      single: oneOf<string>('Is where you work a single school, nursery or practice?', {
        hint: 'Others then see the kind alone, and its name is for you: one person from a small one is easy to recognise.',
      }),
      suggest: ticked('The list of organisations', {
        yes: 'Suggest my organisation for it',
        hint: 'It is not on the list yet. Curators then see its name, and never who suggested it.',
      }),
    },
  },
);

type MoreOptions = Doubtful & {
  supportBlocks?: KnownBlock[];
  works?: Works;
  /** Asked of a name that nothing is known of. */
  single?: Single | undefined;
};
/** What a name may be a single one of, and what they said. */
export type Single = { kinds: readonly General[]; chosen: string | undefined };
/** Where somebody works, as far as the second page has something to say of it. */
export type Works =
  | { kind: 'named-privately'; name: string; shown: string }
  | { kind: 'not-listed' }
  | undefined;

/** Second step: in their own words, and who sees what. */
export const profileMoreModal = (
  profile: Pick<Profile, 'introduction' | 'accessNeeds' | 'visibility'>,
  { supportBlocks = [], works, single, ...seen }: MoreOptions = {},
): View =>
  profileMoreForm.view({
    without: [
      ...(single ? [] : (['single'] as const)),
      ...(works?.kind === 'not-listed' ? [] : (['suggest'] as const)),
    ],
    options: {
      single: [
        ...(single?.kinds ?? []).map(({ id, name }) => option(`Yes: ${name}`, id)),
        option('No, something else', noSingle),
      ],
    },
    initial: {
      ...profile,
      shown: seenAs(profile, 'community'),
      hidden: seenAs(profile, 'nobody'),
      single: single?.chosen,
    },
    carry: { doubt: doubtOf(seen) },
    ...(doubtOf(seen) === 'warned' && { submit: maskAnd('save') }),
    above: [
      ...doubtBlocks(seen, ids.keepLine),
      ...(works?.kind === 'named-privately'
        ? [
            context(
              mrkdwn`Others see \u2018${works.shown}\u2019 where you work. \u2018${works.name}\u2019 is for you alone.`,
            ),
          ]
        : []),
    ],
    below: supportBlocks,
  });

/** Beside the second list, when something stands in both. */
export const eitherOr = 'Something is in both lists. Please choose for each either colleagues or only you.';

const seenAs = ({ visibility }: Pick<Profile, 'visibility'>, as: Visibility): ProfileField[] =>
  profileFields.filter((field) => visibility[field] === as);

/** What is kept, who sees it, how to change it; and what comes next. */
export function profileReceipt(
  profile: Profile,
  next: KnownBlock[],
  extras: readonly Extra[],
  suggested: Suggested = 'not-needed',
): View {
  const shown = seenAs(profile, 'community');
  const hidden = seenAs(profile, 'nobody');
  return modal({
    callbackId: 'answer',
    title: 'Saved',
    blocks: [
      section(
        joinMrkdwn(
          [
            mrkdwn`*Your profile is saved.* You can change or empty it in Home at any time.`,
            mrkdwn`Facilitators see what you gave${hidden.length > 0 ? `, without: ${sayFields(hidden)}` : ''}. ${sayShown(shown, extras)}`,
            suggested === 'suggested' &&
              mrkdwn`The name of your organisation is suggested for the list, without who suggested it.`,
            suggested === 'personal' &&
              mrkdwn`The name of your organisation is *not* suggested for the list: it seems to hold something that could identify a person.`,
          ],
          '\n',
        ),
      ),
      ...(extras.length > 0
        ? [
            actions([button('Choose extras', ids.extras)]),
            context(mrkdwn`Each extra is a choice of its own, and off until you say yes.`),
          ]
        : []),
      ...(next.length > 0 ? [divider(), ...next] : []),
    ],
  });
}

/** Where colleagues see it exists as far as people are asked whether they want that: to be listed, or introduced. */
function sayShown(shown: readonly ProfileField[], extras: readonly Extra[]): string {
  if (shown.length === 0) return 'Colleagues see none of it.';
  const [canBeListed, canBeIntroduced] = (['listed', 'introduced'] as const).map((one) =>
    extras.some(({ id }) => id === one),
  );
  if (canBeListed)
    return `Colleagues may see: ${sayFields(shown)}, if you let yourself be ${canBeIntroduced ? 'listed or introduced' : 'listed'}.`;
  return canBeIntroduced
    ? `Whom you are introduced to may see: ${sayFields(shown)}. There is no list of colleagues yet; you are asked before you are in one.`
    : `Colleagues could see: ${sayFields(shown)}. There is no list of colleagues yet; you are asked before you are in one.`;
}

const fieldWords: Record<ProfileField, string> = {
  role: 'your role',
  organisation: 'your organisation',
  age_groups: 'your age groups',
  interests: 'your topics',
  boroughs: 'where you work',
  introduction: 'the line that introduces you',
};

const sayFields = (fields: readonly ProfileField[]): string => list(fields.map((field) => fieldWords[field]));

/** A box for each extra, named by its id. */
export const extrasForm = (extras: readonly Extra[]) =>
  form(ids.saveExtras, {
    title: 'Extras',
    submit: 'Save my choices',
    close: 'Not now',
    fields: Object.fromEntries(
      extras.map(({ id, label, means }) => [id, ticked(label, { yes: 'Yes', hint: means })]),
    ),
  });

/** True extras, each a consent of its own. Nothing is ticked but what was given before. */
export const extrasModal = (extras: readonly Extra[], given: ReadonlySet<string>): View =>
  extrasForm(extras).view({
    initial: Object.fromEntries(extras.map(({ id }) => [id, given.has(id)])),
    above: [
      section(
        mrkdwn`None of these is needed to take part. Each is off until you say yes, and you can take it back here. Your answer is kept with its date.`,
      ),
    ],
  });

export function extrasReceipt(extras: readonly Extra[], given: ReadonlySet<string>): View {
  const yes = extras.filter((extra) => given.has(extra.id)).map((extra) => extra.label);
  return modal({
    callbackId: 'answer',
    title: 'Saved',
    blocks: [
      section(
        yes.length === 0
          ? mrkdwn`*Saved.* None of the extras is on.`
          : mrkdwn`*Saved.* You said yes to: ${list(yes)}. You can take each back in Home, under settings.`,
      ),
    ],
  });
}

/** What facilitators may see of somebody, for a first hello. */
export function profileLines(profile: Profile | undefined, vocabulary: Vocabulary): Mrkdwn | undefined {
  if (!profile) return undefined;
  const may = (field: ProfileField) => profile.visibility[field] !== 'nobody';
  const label = (items: readonly { id: string; label: string }[], chosen: readonly string[]) =>
    chosen.map((id) => items.find((item) => item.id === id)?.label ?? id).join(', ');
  const parts: [string, string | undefined][] = [
    ['Role', may('role') ? profile.role : undefined],
    ['Organisation', may('organisation') ? profile.organisation : undefined],
    ['Works with', may('age_groups') ? label(vocabulary.age_groups, profile.ageGroups) : undefined],
    ['Interested in', may('interests') ? label(vocabulary.topics, profile.interests) : undefined],
    ['Where', may('boroughs') ? profile.boroughs.join(', ') : undefined],
    ['In their words', may('introduction') ? profile.introduction : undefined],
  ];
  const said = parts.filter(([, value]) => value).map(([name, value]) => mrkdwn`*${name}:* ${value ?? ''}`);
  return said.length === 0 ? undefined : joinMrkdwn(said, '\n');
}

const sayOffered = ({ name, isGone, like: [first, another] }: Offered): Mrkdwn => {
  if (isGone) return mrkdwn`*Where I work.* \u2018${name}\u2019 is no longer on the list of organisations.`;
  return first && !another
    ? mrkdwn`*Where I work.* Is \u2018${name}\u2019 the \u2018${first.name}\u2019 of the list?`
    : mrkdwn`*Where I work.* \u2018${name}\u2019 may be on the list of organisations.`;
};

export const chooseForm = form(ids.chooseOrganisation, {
  title: 'Where you work',
  submit: 'Save',
  close: 'Not now',
  fields: {
    choice: oneOf<string>('Which one is it?', { radio: true, missing: 'Please choose one.' }),
  },
});

/** Once, for what was typed before it was on the list, or has left it. Nothing changes unless they choose. */
export const chooseView = ({ name, isGone, like }: Offered): View =>
  chooseForm.view({
    options: {
      choice: [...like.map((one) => option(one.name, one.id)), option(`Keep: ${name}`, keepName)],
    },
    above: [
      section(
        isGone
          ? mrkdwn`Your profile says \u2018${name}\u2019, which you chose from the list. It is not on it any more.`
          : mrkdwn`Your profile says \u2018${name}\u2019. Choosing from the list, people of one organisation are counted as such.`,
      ),
      context(mrkdwn`Who sees where you work stays as it is. You are not asked again about this name.`),
    ],
  });

export const chosenView = (name: string | undefined): View =>
  modal({
    callbackId: 'answer',
    title: 'Where you work',
    blocks: [
      section(
        name === undefined
          ? mrkdwn`*Nothing to choose any more.* Your profile is as you left it.`
          : mrkdwn`*Saved.* Your profile says \u2018${name}\u2019. You can change it in Home at any time.`,
      ),
    ],
  });

/** In App Home's settings: the profile and the extras, and the doors to what was agreed. */
export const settingsInHome = (
  profile: Profile | undefined,
  seen: readonly Seen[],
  extras: readonly Extra[],
  given: ReadonlySet<string>,
  offered: Offered | undefined,
): KnownBlock[] => [
  section(
    profile
      ? mrkdwn`*My profile.* You choose what facilitators see of it, and what colleagues see.${profile.accessNeeds || seen.length > 0 ? ` ${saySeen(seen)}` : ''}`
      : mrkdwn`*My profile.* Empty. Everything in it may be left out.`,
    button('Edit my profile', ids.editProfile),
  ),
  ...(offered
    ? [
        section(
          sayOffered(offered),
          button('Look', ids.offeredOrganisation, { label: 'Look at where I work' }),
        ),
      ]
    : []),
  ...(extras.length > 0
    ? [
        section(
          mrkdwn`*Extras.* ${
            given.size === 0
              ? 'None is on.'
              : `On: ${extras
                  .filter(({ id }) => given.has(id))
                  .map(({ label }) => label.toLowerCase())
                  .join(', ')}.`
          }`,
          button('Change extras', ids.extras),
        ),
      ]
    : []),
  actions(
    [
      button('My first steps', ids.allSteps),
      button('Community agreement', ids.readAgreement),
      button('Privacy notice', ids.readNotice),
    ],
    'onboarding.home.settings',
  ),
];

/** The way to it, where no window can be opened. */
export const profileHere: Answer = {
  text: 'My profile',
  title: 'My profile',
  blocks: [
    section(
      mrkdwn`*My profile.* What you do, where you work and what you care about, as far as you like, and who sees it.`,
      button('Edit my profile', ids.editProfile),
    ),
  ],
};
