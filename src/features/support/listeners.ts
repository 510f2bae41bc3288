import type { App, BlockButtonAction } from '@slack/bolt';
import { findRetired } from '../../safeguarding/signposts.ts';
import { answerClick } from '../../slack/answer.ts';
import { openOnTop } from '../../slack/modals.ts';
import type { Command } from '../../slack/router.ts';
import { ids } from './ids.ts';
import type { SupportDeps } from './index.ts';
import { retiredAnswer, supportBlocksFor, supportScreen } from './views.ts';

const text = 'Support and safeguarding contacts';

export const supportCommand = (deps: SupportDeps): Command => ({
  word: 'support',
  aliases: ['helpline', 'helplines'],
  help: { does: 'Shows support lines and safeguarding contacts.', example: 'support', group: 'you' },
  async run({ words, answer }) {
    const { signposts } = deps;
    const retired = words === '' ? undefined : findRetired(signposts, words);
    const blocks = supportBlocksFor(pageOf(deps));
    await answer({
      text,
      title: 'Support',
      blocks: retired ? [retiredAnswer(signposts, retired), ...blocks] : blocks,
    });
  },
});

/** From a writing screen it lies on top of it, so that nothing typed is lost; elsewhere it is shown beside. */
export function listen(app: App, deps: SupportDeps): void {
  app.action<BlockButtonAction>(ids.open, async ({ ack, body, client, respond }) => {
    await ack();
    const page = pageOf(deps);
    if (body.view) {
      await openOnTop(body, client, supportScreen(page));
    } else if (body.response_url === undefined) {
      await answerClick(body, client, undefined)({ text, blocks: supportBlocksFor(page) });
    } else {
      await respond({
        text,
        blocks: supportBlocksFor(page),
        response_type: 'ephemeral',
        replace_original: false,
      });
    }
  });
}

const pageOf = ({ signposts, clock, timeZone }: SupportDeps) => ({
  signposts,
  now: clock.now(),
  zone: timeZone,
});
