import { isOfOneself } from '../../safeguarding/danger.ts';
import { findRetired } from '../../safeguarding/signposts.ts';
import type { Command } from '../../slack/router.ts';
import type { Routes } from '../../slack/routes.ts';
import type { SupportDeps } from './deps.ts';
import { ids } from './ids.ts';
import { retiredAnswer, searchToo, supportBlocksFor, supportScreen } from './views.ts';

const text = 'Support and safeguarding contacts';

export const supportCommand = (deps: SupportDeps): Command => ({
  word: 'support',
  aliases: ['helpline', 'helplines', 'talk to someone', 'someone to talk to', 'speak to someone'],
  takes: (words) =>
    isOfOneself(words) || ofContacts.test(words) || findRetired(deps.signposts, words) !== undefined,
  help: { does: 'Shows support lines and safeguarding contacts.', example: 'support', group: 'you' },
  async run({ words, answer, open }) {
    const { signposts } = deps;
    const retired = words === '' ? undefined : findRetired(signposts, words);
    const blocks = supportBlocksFor(pageOf(deps));
    await answer({
      text,
      title: 'Support',
      // Where it was typed to be seen by nobody else, what it asks for can be looked up too.
      blocks: [
        ...(retired ? [retiredAnswer(signposts, retired)] : []),
        ...blocks,
        ...(isOfOneself(words) && open ? [searchToo(words)] : []),
      ],
    });
  },
});

/** What the page itself is called: "support lines", "helpline number". */
const ofContacts = /^(?:(?:lines?|numbers?|contacts?|page|phone|and|safeguarding)\W*)+$/i;

/** From a writing screen it lies on top of it, so that nothing typed is lost; elsewhere it is shown beside. */
export function listen(to: Routes, deps: SupportDeps): void {
  to.onClick(ids.open, ({ place, open, beside }) =>
    place === 'modal' || place === 'home'
      ? open(supportScreen(pageOf(deps)))
      : beside({ text, blocks: supportBlocksFor(pageOf(deps)) }),
  );
}

const pageOf = ({ signposts, clock }: SupportDeps) => ({ signposts, now: clock.now() });
