import { may } from '../../community/permissions.ts';
import { button, section } from '../../slack/blocks.ts';
import { mrkdwn } from '../../slack/text.ts';
import type { Feature } from '../feature.ts';
import type { PromptDeps } from './deps.ts';
import { ids } from './ids.ts';
import { listenToPrompts, showPrompts } from './listeners.ts';
import { postingJobs } from './posting.ts';
import { ageLabel } from './say.ts';
import { findReader } from './store.ts';
import { stopWeekly, weeklyJob } from './weekly.ts';

export { promptsHeld } from './holdings.ts';

/** A made-up case or something to try: weekly in a channel, by direct message for those who want it, or at any time. */
export function prompts(deps: PromptDeps): Feature {
  return {
    name: 'prompts',
    commands: [
      {
        word: 'prompts',
        aliases: ['prompt', 'practice prompts', 'practice prompt'],
        help: {
          does: 'Shows a practice prompt, and sends you one a week if you like.',
          example: 'prompts',
          group: 'together',
        },
        takes: [],
        run: async ({ actor, answer }) => answer(await showPrompts(deps, actor)),
      },
    ],
    listen: (to) => listenToPrompts(to, deps),
    jobs: [...postingJobs(deps), weeklyJob(deps)],
    home: [
      {
        slot: 'settings',
        order: 31,
        async blocks({ person, actor }) {
          if (!may(actor, 'own.read', { ownerId: person.id }) || actor.hasDeclined) return [];
          const reader = await findReader(deps.db, person.id);
          // Only for whoever has them: others find them where they look for them.
          return reader
            ? [
                section(
                  mrkdwn`*Practice prompts.* You get one a week by direct message: ${ageLabel(reader.age, deps)}.`,
                  button('Change', ids.home, { label: 'Change practice prompts' }),
                ),
              ]
            : [];
        },
      },
    ],
    async hears(personId, { kind }) {
      if (kind === 'left-programme' || kind === 'declined') await stopWeekly(deps.db, personId);
    },
  };
}
