import { isFacilitator } from '../../community/permissions.ts';
import { getPreferences } from '../../community/preferences.ts';
import { type Feature, oncePerPage } from '../feature.ts';
import {
  away,
  openSettings,
  pause,
  type StartHere,
  standingOf,
  start,
  startOrResume,
  todayOf,
} from './answers.ts';
import { isMeantForDay, saysSomebodyIsAway } from './away-date.ts';
import { hasLeft } from './change.ts';
import type { PreferencesDeps } from './deps.ts';
import { ids } from './ids.ts';
import { listen } from './listeners.ts';
import { hasLeftInHome, quietNow, savedAnswer, settingsBlocks, settingsOfDeclined } from './views.ts';

export type PreferencesFeature = Feature & {
  /** A button that opens the message settings, for the pages of other features. */
  settingsButton: { text: string; actionId: string };
};

const preferencesOf = oncePerPage((db, { person }) => getPreferences(db, person.id));

/** What the bot may send, and when: pause, quiet hours, days away, reminders. */
export function preferences(deps: PreferencesDeps & StartHere): PreferencesFeature {
  return {
    name: 'preferences',
    listen: (to) => listen(to, deps),
    settingsButton: { text: 'My message settings', actionId: ids.open },
    home: [
      {
        slot: 'now',
        order: 5,
        async blocks(viewer) {
          const preferences = await preferencesOf(deps.db, viewer);
          const isGone = await hasLeft(deps.db, viewer.person.id, preferences);
          return isGone ? hasLeftInHome() : quietNow(preferences, todayOf(deps, viewer.person));
        },
      },
      {
        slot: 'settings',
        order: 30,
        async blocks(viewer) {
          if (viewer.actor.hasDeclined && !isFacilitator(viewer.actor)) return settingsOfDeclined();
          const preferences = await preferencesOf(deps.db, viewer);
          const isGone = await hasLeft(deps.db, viewer.person.id, preferences);
          return settingsBlocks(preferences, todayOf(deps, viewer.person), isGone);
        },
      },
    ],
    commands: [
      {
        word: 'away',
        aliases: ['holiday', 'leave-until'],
        help: {
          does: 'Tells me your last day away; I am quiet on that day too.',
          example: 'away until Friday',
          group: 'you',
        },
        takes: (words, { person }) => isMeantForDay(words, todayOf(deps, person)),
        isMeantBy: (line, { person }) => saysSomebodyIsAway(line, todayOf(deps, person)),
        run: ({ actor, words, answer }) => away(deps, actor, words, answer),
      },
      {
        word: 'pause',
        aliases: ['stop', 'mute', 'leave me alone', 'go away'],
        takes: [],
        help: { does: 'Stops all messages until you start again.', group: 'you' },
        run: ({ actor, answer }) => pause(deps, actor, answer),
      },
      {
        word: 'resume',
        aliases: ['unpause', 'unmute'],
        takes: [],
        help: { does: 'Starts messages again.', group: 'you' },
        run: ({ actor, answer }) => start(deps, actor, answer),
      },
      {
        word: 'start',
        takes: [],
        run: ({ actor, answer }) => startOrResume(deps, actor, answer),
      },
      {
        word: 'settings',
        aliases: ['preferences', 'quiet', 'fewer messages', 'less messages', 'too many messages'],
        takes: [],
        help: { does: 'Opens your quiet hours, reminders and days away.', group: 'you' },
        async run({ actor, open, answer }) {
          if (open) return open(await openSettings(deps, actor));
          await answer(
            savedAnswer(
              standingOf(await getPreferences(deps.db, actor.person.id), actor),
              todayOf(deps, actor.person),
            ),
          );
        },
      },
    ],
  };
}
