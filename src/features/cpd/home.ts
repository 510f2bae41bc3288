import { may } from '../../community/permissions.ts';
import { section } from '../../slack/blocks.ts';
import { joinMrkdwn, mrkdwn, sayFullDate } from '../../slack/text.ts';
import type { HomeSection } from '../feature.ts';
import { whyCheckFirst } from './content.ts';
import { type CpdDeps, hereAndNow } from './deps.ts';

/** For curators: forms that have to be looked at again. Left out while there are none. */
export const overdueSection = (deps: CpdDeps): HomeSection => ({
  slot: 'lead',
  order: 31,
  async blocks({ actor }) {
    if (!may(actor, 'resources.curate')) return [];
    const { today } = hereAndNow(deps, actor);
    const overdue = deps.forms.forms.filter((form) => whyCheckFirst(form, today) !== undefined);
    if (overdue.length === 0) return [];
    return [
      section(
        joinMrkdwn(
          [
            mrkdwn`*CPD forms to look at again*\nWhoever makes a record of one is told to check the current form first. They stand in \`data/cpd-forms.yaml\`.`,
            ...overdue.map(
              ({ label, holds_until, review_by }) =>
                mrkdwn`•  ${label}: by ${sayFullDate(holds_until !== null && holds_until < review_by ? holds_until : review_by)}`,
            ),
          ],
          '\n',
        ),
      ),
    ];
  },
});
