import type { View } from '@slack/types';
import type { Person } from '../../community/people.ts';
import { type Actor, isFacilitator } from '../../community/permissions.ts';
import { getPreferences, type Preferences } from '../../community/preferences.ts';
import { localDate, usableZone } from '../../scheduler/calendar.ts';
import type { Answer, Answerer } from '../../slack/answer.ts';
import { readAwayDate } from './away-date.ts';
import { change } from './change.ts';
import type { PreferencesDeps } from './deps.ts';
import {
  askAwayAnswer,
  awayAnswer,
  backAnswer,
  declinedAnswer,
  pausedAnswer,
  type Standing,
  settingsModal,
  startedAnswer,
  startWhatAnswer,
  summary,
} from './views.ts';

/** The same answers for a command and for its button. */
export const todayOf = ({ clock, timeZone }: PreferencesDeps, person: Pick<Person, 'timeZone'>): string =>
  localDate(clock.now(), usableZone(person.timeZone, timeZone));

/** With whether they are asked anything at all. */
export const standingOf = (preferences: Preferences, actor: Actor): Standing => ({
  ...preferences,
  hasSaidNo: actor.hasDeclined === true && !isFacilitator(actor),
});

export async function pause(deps: PreferencesDeps, actor: Actor, answer: Answerer): Promise<void> {
  await change(deps, actor, { isPaused: true });
  await answer(pausedAnswer());
}

export async function start(deps: PreferencesDeps, actor: Actor, answer: Answerer): Promise<void> {
  const outcome = await change(deps, actor, { isPaused: false, wantsMessages: true });
  if (outcome.kind !== 'saved') return;
  const { preferences, said } = outcome;
  if (standingOf(preferences, actor).hasSaidNo) return answer(declinedAnswer);
  await answer(
    startedAnswer(preferences, { hadStopped: said === 'start', today: todayOf(deps, actor.person) }),
  );
}

/** Where to begin in the catalogue, which is another feature's. */
export type StartHere = { startHere(actor: Actor): Promise<Answer> };

/** "Start" is said by somebody new, and by somebody whose messages are off: only the second can mean the messages. */
export async function startOrResume(
  deps: PreferencesDeps & StartHere,
  actor: Actor,
  answer: Answerer,
): Promise<void> {
  const { isPaused, wantsMessages } = await getPreferences(deps.db, actor.person.id);
  await answer(isPaused || !wantsMessages ? startWhatAnswer() : await deps.startHere(actor));
}

export async function back(deps: PreferencesDeps, actor: Actor, answer: Answerer): Promise<void> {
  const outcome = await change(deps, actor, { awayUntil: undefined });
  if (outcome.kind === 'saved')
    await answer(backAnswer(standingOf(outcome.preferences, actor), todayOf(deps, actor.person)));
}

export async function away(
  deps: PreferencesDeps,
  actor: Actor,
  words: string,
  answer: Answerer,
): Promise<void> {
  const today = todayOf(deps, actor.person);
  const now = summary(standingOf(await getPreferences(deps.db, actor.person.id), actor), today);
  if (words === '') return answer(askAwayAnswer('asked', now, { today }));
  const read = readAwayDate(words, today);
  if (read.kind === 'off') return back(deps, actor, answer);
  if (read.kind !== 'until') return answer(askAwayAnswer(read.kind, now, { ...read, today }));
  const outcome = await change(deps, actor, { awayUntil: read.date });
  return answer(
    outcome.kind === 'saved' ? awayAnswer(read.date, today) : askAwayAnswer('unclear', now, { today }),
  );
}

export async function openSettings(deps: PreferencesDeps, actor: Actor): Promise<View> {
  return settingsModal(await getPreferences(deps.db, actor.person.id), todayOf(deps, actor.person));
}
