import type { KnownBlock, PlainTextOption, View } from '@slack/types';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import {
  actions,
  button,
  context,
  divider,
  input,
  modal,
  option,
  plain,
  section,
  textInput,
} from '../../../slack/blocks.ts';
import { joinMrkdwn, list, type Mrkdwn, mrkdwn } from '../../../slack/text.ts';
import type { Extra, JourneyContent } from '../content.ts';
import { ids } from '../ids.ts';
import { type Profile, type ProfileField, profileFields, type Visibility } from './profile.ts';

type Select = Parameters<typeof input>[2];

const fieldNames: Record<ProfileField, string> = {
  role: 'My role',
  organisation: 'My organisation or team',
  age_groups: 'The age groups I work with',
  interests: 'The topics I care about',
  boroughs: 'Where I work',
  introduction: 'The line that introduces me',
};

/** First of two steps: five things, each of which may be left out. */
export function profileModal(
  { content, vocabulary }: { content: JourneyContent; vocabulary: Vocabulary },
  profile: Profile,
): View {
  const ageGroups = vocabulary.age_groups.map((group) => option(group.label, group.id));
  const topics = vocabulary.topics.slice(0, 100).map((topic) => option(topic.label, topic.id));
  const places = content.boroughs.slice(0, 10).map((place) => option(place, place.slice(0, 150)));
  return modal({
    callbackId: ids.saveProfile,
    title: 'About you',
    submit: 'Save and go on',
    close: 'Not now',
    blocks: [
      section(
        mrkdwn`Facilitators see this unless you say otherwise on the next page. Leave out whatever you like. I do not ask about your own history, health or identity.`,
      ),
      input('role', 'Your role', choose(ids.role, profile.role), {
        optional: true,
        hint: 'Type to choose one, or to write your own.',
      }),
      input('organisation', 'Your organisation or team', choose(ids.organisation, profile.organisation), {
        optional: true,
        hint: 'Type to choose one, or to write your own.',
      }),
      input('age_groups', 'Age groups you work with', many(ageGroups, profile.ageGroups), { optional: true }),
      input('interests', 'Topics you care about', many(topics, profile.interests), { optional: true }),
      ...(places.length > 0
        ? [input('boroughs', 'Where you work', many(places, profile.boroughs), { optional: true })]
        : []),
    ],
  });
}

/** Second step: in their own words, and who sees what. @param warning what the check saw, when it saw something. */
export function profileMoreModal(
  profile: Profile,
  { warning, supportBlocks = [] }: { warning?: string; supportBlocks?: KnownBlock[] } = {},
): View {
  const fields = profileFields.map((field) => option(fieldNames[field], field));
  return modal({
    callbackId: ids.saveProfileMore,
    title: 'About you',
    submit: warning === undefined ? 'Save my profile' : 'Keep it as it is',
    close: 'Not now',
    metadata: warning === undefined ? '' : 'warned',
    blocks: [
      ...(warning === undefined ? [] : [section(mrkdwn`*Please look once more.* ${warning}`)]),
      input(
        'introduction',
        'A line to introduce you',
        textInput('value', { max: 300, initial: profile.introduction ?? '' }),
        {
          optional: true,
          hint: 'In your own words, as you would like to be introduced. Nothing about families, please.',
        },
      ),
      input(
        'access_needs',
        'Anything that makes taking part easier for you',
        textInput('value', { max: 500, multiline: true, initial: profile.accessNeeds ?? '' }),
        { optional: true, hint: 'Only facilitators see this, whatever you choose below.' },
      ),
      input('shown', 'Colleagues may see', many(fields, shownAs(profile, 'community')), {
        optional: true,
        hint: 'Used where colleagues are shown to each other, and only if you also say yes to being listed.',
      }),
      input('hidden', 'Only I see', many(fields, shownAs(profile, 'nobody')), {
        optional: true,
        hint: 'Not even facilitators. It still shapes what is suggested to you.',
      }),
      ...supportBlocks,
    ],
  });
}

const shownAs = ({ visibility }: Profile, as: Visibility): string[] =>
  profileFields.filter((field) => visibility[field] === as);

function choose(actionId: string, chosen: string | undefined): Select {
  return {
    type: 'external_select',
    action_id: actionId,
    min_query_length: 1,
    placeholder: plain('Start typing', 150),
    ...(chosen && { initial_option: typedOption(chosen) }),
  };
}

/** A choice made of what somebody typed; it comes back to us as its value. */
export const typedOption = (text: string): PlainTextOption =>
  option(text, Array.from(text).slice(0, 75).join(''));

function many(options: PlainTextOption[], chosen: readonly string[]): Select {
  const initial = options.filter((one) => one.value !== undefined && chosen.includes(one.value));
  return {
    type: 'multi_static_select',
    action_id: 'value',
    options,
    placeholder: plain('Choose any', 150),
    ...(initial.length > 0 && { initial_options: initial }),
  };
}

/** What is kept, who sees it, how to change it; and what comes next. */
export function profileReceipt(profile: Profile, next: KnownBlock[], hasExtras: boolean): View {
  const shown = shownAs(profile, 'community') as ProfileField[];
  const hidden = shownAs(profile, 'nobody') as ProfileField[];
  return modal({
    callbackId: 'answer',
    title: 'Saved',
    blocks: [
      section(
        joinMrkdwn(
          [
            mrkdwn`*Your profile is saved.* You can change or empty it in Home at any time.`,
            mrkdwn`Facilitators see what you gave${hidden.length > 0 ? `, without: ${sayFields(hidden)}` : ''}. ${shown.length > 0 ? `Colleagues may see: ${sayFields(shown)}, if you let yourself be listed.` : 'Colleagues see none of it.'}`,
          ],
          '\n',
        ),
      ),
      ...(hasExtras
        ? [
            actions([button('Choose extras', ids.extras)]),
            context(
              mrkdwn`Being listed, introduced or quoted: each is a choice of its own, and off until you say yes.`,
            ),
          ]
        : []),
      ...(next.length > 0 ? [divider(), ...next] : []),
    ],
  });
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

/** True extras, each a consent of its own. Nothing is ticked but what was given before. */
export function extrasModal(extras: readonly Extra[], given: ReadonlySet<string>): View {
  return modal({
    callbackId: ids.saveExtras,
    title: 'Extras',
    submit: 'Save my choices',
    close: 'Not now',
    blocks: [
      section(
        mrkdwn`None of these is needed to take part. Each is off until you say yes, and you can take it back here. Your answer is kept with its date.`,
      ),
      ...extras.map((extra) => {
        const yes = option('Yes', 'yes');
        return input(
          `extra.${extra.id}`,
          extra.label,
          {
            type: 'checkboxes',
            action_id: 'value',
            options: [yes],
            ...(given.has(extra.id) && { initial_options: [yes] }),
          },
          { optional: true, hint: extra.means },
        );
      }),
    ],
  });
}

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
    ['What makes taking part easier', profile.accessNeeds],
  ];
  const said = parts.filter(([, value]) => value).map(([name, value]) => mrkdwn`*${name}:* ${value ?? ''}`);
  return said.length === 0 ? undefined : joinMrkdwn(said, '\n');
}
