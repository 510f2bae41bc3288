import type { Answer } from '../../slack/answer.ts';
import { section } from '../../slack/blocks.ts';
import { bold, link, type Mrkdwn, mrkdwn } from '../../slack/text.ts';
import type { Resource } from './content.ts';

/** One thing said. */
export const plainAnswer = (title: string, text: string): Answer => ({
  text,
  title,
  blocks: [section(mrkdwn`${text}`)],
});

export const notAllowed = plainAnswer(
  'Not available',
  'This works for members of the workspace that I belong to. Nothing was stored.',
);

/** What the programme has not supplied yet has a title, and nowhere to lead to. */
export const titleOf = ({ url, title }: Pick<Resource, 'url' | 'title'>): Mrkdwn =>
  url === undefined ? mrkdwn`${title}` : link(url, title);

/** The same, in bold. */
export const boldTitle = ({ url, title }: Pick<Resource, 'url' | 'title'>): Mrkdwn =>
  url === undefined ? bold(title) : mrkdwn`*${link(url, title)}*`;

/** Stands for the title of an entry that is not there any more. */
export const unnamed = 'This resource';
