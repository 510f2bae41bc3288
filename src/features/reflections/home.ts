import { hasConsent } from '../../community/consents.ts';
import { may } from '../../community/permissions.ts';
import { button, section } from '../../slack/blocks.ts';
import { count, joinMrkdwn, mrkdwn, sayDay } from '../../slack/text.ts';
import type { HomeSection } from '../feature.ts';
import { frameworkOf } from './content.ts';
import type { ReflectionDeps } from './deps.ts';
import { ids } from './ids.ts';
import { countDrafts, countReflections, listLatest } from './store.ts';

/** How many and when, never what: a Home tab stands open on a desk. */
export const homeSection = ({ db, frameworks }: Pick<ReflectionDeps, 'db' | 'frameworks'>): HomeSection => ({
  slot: 'keep',
  order: 10,
  async blocks({ person, actor, zone }) {
    if (!may(actor, 'own.read', { ownerId: person.id })) return [];
    const total = await countReflections(db, person.id);
    const drafts = await countDrafts(db, person.id);
    if (total === 0 && drafts === 0 && (await hasConsent(db, person.id, 'declined'))) return [];
    if (total === 0 && drafts === 0)
      // "Write a reflection" stands above, among what people come for.
      return [
        section(
          mrkdwn`*My journal*\nEmpty so far. A first reflection takes about two minutes, and only you can read it.`,
        ),
      ];
    const latest = (await listLatest(db, person.id, 3)).map(
      ({ framework, writtenAt }) =>
        mrkdwn`•  ${frameworkOf(frameworks, framework).label}, ${sayDay(writtenAt, zone)}`,
    );
    const unfinished = drafts > 0 ? ` ${count(drafts, 'draft is', 'drafts are')} not saved yet.` : '';
    return [
      section(
        joinMrkdwn(
          [
            mrkdwn`*My journal*\n${total === 0 ? 'Nothing in it yet. Only you can read what you write there' : `${count(total, 'reflection', 'reflections')}. Only you can read ${total === 1 ? 'it' : 'them'}, unless you share ${total === 1 ? 'it' : 'one'}`}.${unfinished}`,
            ...latest,
          ],
          '\n',
        ),
        button('Open my journal', ids.journal),
      ),
    ];
  },
});
