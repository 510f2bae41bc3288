import { isOfOneself } from '../../safeguarding/danger.ts';
import { findRetired } from '../../safeguarding/signposts.ts';
import type { Command } from '../../slack/router.ts';
import type { Routes } from '../../slack/routes.ts';
import type { SupportDeps } from './deps.ts';
import { ids } from './ids.ts';
import { commandHelp, supportAnswer, supportNote, supportScreen } from './views.ts';

export const supportCommand = (deps: SupportDeps): Command => ({
  word: 'support',
  aliases: ['helpline', 'helplines', 'talk to someone', 'someone to talk to', 'speak to someone'],
  takes: (words) =>
    isOfOneself(words) || ofContacts.test(words) || findRetired(deps.signposts, words) !== undefined,
  help: commandHelp,
  async run({ words, answer, open }) {
    const { signposts } = deps;
    await answer(
      supportAnswer(pageOf(deps), {
        retired: words === '' ? undefined : findRetired(signposts, words),
        // Where it was typed to be seen by nobody else, what it asks for can be looked up too.
        searchable: isOfOneself(words) && open ? words : undefined,
      }),
    );
  },
});

/** What the page itself is called: "support lines", "helpline number". */
const ofContacts = /^(?:(?:lines?|numbers?|contacts?|page|phone|and|safeguarding)\W*)+$/i;

/** From a writing screen it lies on top of it, so that nothing typed is lost; elsewhere it is shown beside. */
export function listen(to: Routes, deps: SupportDeps): void {
  to.onClick(ids.open, ({ place, open, beside }) =>
    place === 'modal' || place === 'home'
      ? open(supportScreen(pageOf(deps)))
      : beside(supportNote(pageOf(deps))),
  );
}

const pageOf = ({ signposts, clock }: SupportDeps) => ({ signposts, now: clock.now() });
