import type { KnownBlock, View } from '@slack/types';
import type { Message } from '../../outbox/outbox.ts';
import type { Answer } from '../../slack/answer.ts';
import { actions, button, context, modal, section } from '../../slack/blocks.ts';
import { packedFile } from '../../slack/files.ts';
import type { WindowKind } from '../../slack/form.ts';
import type { Scope } from '../../slack/scopes.ts';
import { escapeEntities, joinMrkdwn, list, mrkdwn, sayTime } from '../../slack/text.ts';
import { ids } from './ids.ts';
import type { Given, Removed } from './outcomes.ts';
import type { LyingFile } from './store.ts';

/** Which kind of file, and what its button carries. */
export const askWindow: WindowKind<{ kind: string; about: string }> = {
  id: ids.askView,
  carries: packedFile,
};

/** Before any file: what comes, and where it will lie. */
export const askView = (says: string, carried: { kind: string; about: string }): View =>
  modal({
    callbackId: askWindow.id,
    title: 'A file for you',
    submit: 'Send me the file',
    close: 'Not now',
    metadata: askWindow.carries?.pack(carried) ?? '',
    blocks: [
      section(mrkdwn`${says}`),
      section(
        mrkdwn`It will lie in Slack, in your conversation with me. Workspace owners may be able to export what lies there.`,
      ),
      context(mrkdwn`I remove it after 24 hours; a button beside it removes it sooner.`),
    ],
  });

export const preparingView = (): View =>
  modal({
    callbackId: 'answer',
    title: 'One moment',
    blocks: [section(mrkdwn`I am making your file. You can close this: it comes to our conversation.`)],
  });

const said = (title: string, words: string): Answer => ({
  title,
  text: escapeEntities(words),
  blocks: [section(mrkdwn`${words}`)],
});

export function givenAnswer(given: Given, zone: string): Answer {
  switch (given.kind) {
    case 'sent':
      return said(
        'Your file is there',
        `“${given.name}” is in your conversation with me, under Messages. I remove it on ${sayTime(given.goesAt, zone)}.`,
      );
    case 'unclear':
      return said(
        'Please have a look',
        `Slack did not tell me whether “${given.name}” has arrived, so I have not sent it again. Please look under Messages. If it is not there in a minute, ask for it once more.`,
      );
    case 'asked-before':
      return said(
        'Your file',
        'This file is on its way already. It comes to our conversation, under Messages.',
      );
    case 'not-allowed':
      return said('No files yet', sayNotAllowed(given.administrators));
    case 'not-now':
      return said('Not sent', 'Slack is busy just now, so nothing was sent. Please try again in a minute.');
    case 'not-sent':
      return said(
        'Not sent',
        'Slack did not take the file, and nothing of it lies there. Please try again; if it happens twice, tell a facilitator.',
      );
  }
}

/** Whoever looks after the workspace, by name where there are few. */
function sayNotAllowed(administrators: readonly string[]): string {
  const named = administrators.filter((name) => name !== '');
  const who =
    named.length > 0 && named.length <= 3
      ? `${list(named)} can change that`
      : 'Whoever looks after this Slack workspace can change that';
  return `I cannot send files in this workspace yet: it has not given me the right to (“files:write”). ${who} by installing me again; App Home tells them how. Everything else works as before.`;
}

/** Beside the file, in the conversation. @param isThere false where Slack has not said so. */
export function givenNote(
  { id, name, goesAt }: LyingFile,
  { isThere, timeZone }: { isThere: boolean; timeZone: string },
): Message {
  const until = sayTime(goesAt, timeZone);
  return {
    text: 'Your file',
    blocks: [
      section(
        isThere
          ? mrkdwn`“${name}” is here. I remove it on ${until}.`
          : mrkdwn`I do not know whether “${name}” has arrived here. If it has, I remove it on ${until}.`,
      ),
      actions([button('Remove it now', ids.remove, { value: id, label: `Remove it now: ${name}` })], 'file'),
    ],
  };
}

export const goneNote = (name: string): Message => ({
  text: 'Your file is removed',
  blocks: [section(mrkdwn`“${name}” is removed from Slack.`)],
});

export function removedAnswer(removed: Removed, zone: string): Answer {
  switch (removed.kind) {
    case 'removed':
      return goneNote(removed.name);
    case 'gone':
      return said('Your file', 'This file is gone already.');
    case 'not-now':
      return said(
        'Not removed yet',
        `Slack did not remove it just now. Please try again in a minute; otherwise it goes on ${sayTime(removed.goesAt, zone)}.`,
      );
  }
}

/** For whoever can install the app again. */
export const reinstallNotice = (missing: readonly Scope[]): KnownBlock[] => [
  section(
    joinMrkdwn(
      [
        mrkdwn`*ChATR Companion has to be installed again.* It may not do all it needs in this workspace: ${list(missing)} ${missing.length === 1 ? 'is' : 'are'} missing.`,
        mrkdwn`At api.slack.com/apps, open the app, paste the present \`manifest.yml\` under _App Manifest_ and save, then press _Reinstall_ under _Install App_. ${missing.includes('files:write') ? 'Until then nobody can be sent a file.' : ''}`,
      ],
      '\n',
    ),
  ),
];
