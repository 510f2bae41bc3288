import { cohortsFor, may } from '../../community/permissions.ts';
import { actions, button, context, section } from '../../slack/blocks.ts';
import { clip, joinMrkdwn, mrkdwn } from '../../slack/text.ts';
import { groupsOf, type HomeSection } from '../feature.ts';
import type { CohortsDeps } from './deps.ts';
import { ids } from './ids.ts';
import { findRunningImport } from './importing/store.ts';
import { pageOfCohorts, summarise } from './read.ts';
import { facts, summaryBlock } from './views.ts';

/** "My groups" for those who are in one, and "Groups I run" for facilitators. */
export function homeSections(deps: CohortsDeps): HomeSection[] {
  return [
    {
      slot: 'keep',
      order: 60,
      async blocks(viewer) {
        const own = await groupsOf(deps.db, viewer);
        if (own.length === 0) return [];
        const shown = own
          .slice(0, 5)
          .map((cohort) =>
            joinMrkdwn([mrkdwn`${clip(cohort.name, 80)}`, facts(cohort, deps.vocabulary)], ' · '),
          );
        if (own.length > 5) shown.push(mrkdwn`and ${own.length - 5} more`);
        return [
          section(
            joinMrkdwn([mrkdwn`*My groups*`, ...shown], '\n'),
            button('See my groups', ids.list, { value: '0' }),
          ),
        ];
      },
    },
    {
      slot: 'lead',
      order: 10,
      async blocks({ actor }) {
        const which = { among: cohortsFor(actor, 'cohorts.manage') };
        const { shown: first, total } = await pageOfCohorts(deps.db, which, 0);
        const mayCreate = may(actor, 'cohorts.create');
        const beside = (deps.homeButtons ?? [])
          .filter(({ needs }) => may(actor, needs))
          .map(({ text, actionId }) => button(text, actionId));
        if (total === 0)
          return mayCreate
            ? [
                section(
                  mrkdwn`*Groups*\nNone yet. A group is a set of people you run something for, such as a pilot or a course. You can add people by name, take a whole channel, or import trainees who are not in Slack yet.`,
                ),
                actions(
                  [
                    button('Make your first group', ids.make, { value: 'new' }),
                    button('Import trainees', ids.import, { value: 'any' }),
                    ...beside,
                  ],
                  'cohorts.home',
                ),
              ]
            : [];
        const shown = await summarise(deps.db, first);
        const running = await findRunningImport(deps.db, actor.person.id);
        return [
          section(mrkdwn`*Groups I run* (${total})`),
          ...shown.map((summary) => summaryBlock(summary, deps.vocabulary)),
          ...(total > shown.length
            ? [context(mrkdwn`${total - shown.length} more under “All groups”.`)]
            : []),
          actions(
            [
              ...(mayCreate ? [button('Make a group', ids.make, { value: 'new' })] : []),
              button('Import trainees', ids.import, { value: 'any' }),
              ...(running ? [button('Import running', ids.importState, { value: running.id })] : []),
              button('All groups', ids.list, { value: '0' }),
              ...beside,
            ],
            'cohorts.home',
          ),
          // Else they look for it in vain.
          ...(may(actor, 'checkins.results')
            ? []
            : [
                context(
                  mrkdwn`You look after groups as an administrator. What a group answers, and its report, are for its facilitators: “Give a role” makes somebody one, you too.`,
                ),
              ]),
        ];
      },
    },
  ];
}
