import type { Feature } from '../feature.ts';
import { copyFiles } from './copy/files.ts';
import type { PrivacyDeps } from './deps.ts';
import { finishForgettings } from './forgetting/finish.ts';
import { sealedForgettings } from './forgetting/store.ts';
import { showLeave } from './leaving/leave.ts';
import { listen } from './listeners.ts';
import { showPrivacy } from './overview/show.ts';

export { readEverything, toCopy } from './copy/copy.ts';
export { drawCopy } from './copy/files.ts';
export type { HeldDeps } from './deps.ts';
export { forgetAgain } from './forgetting/again.ts';
export { forgetPerson } from './forgetting/forget.ts';
export { aboutYou, deedsHeld, messagesHeld } from './holdings.ts';
export { listHeld } from './overview/read.ts';

/** What is kept about people is theirs: to look at, to take away, to delete, and to see who sees it. */
export function privacy(deps: PrivacyDeps): Feature {
  return {
    name: 'privacy',
    listen: (to) => listen(to, deps),
    files: copyFiles(deps),
    sealedColumns: [sealedForgettings],
    jobs: [{ name: 'privacy.forgetting', run: (now) => finishForgettings(deps, now) }],
    commands: [
      {
        word: 'privacy',
        aliases: ['data', 'mydata', 'my-data', 'my data', 'delete my data', 'delete everything', 'forget me'],
        takes: [],
        help: { does: 'Shows what is kept about you; to copy or delete it.', group: 'you' },
        run: ({ actor, answer }) => showPrivacy(deps, actor, answer),
      },
      {
        word: 'leave',
        aliases: ['unsubscribe', 'quit'],
        takes: [],
        help: { does: 'Explains leaving the programme, and asks before it does anything.', group: 'you' },
        run: ({ actor, answer }) => showLeave(deps, actor, answer),
      },
    ],
  };
}
