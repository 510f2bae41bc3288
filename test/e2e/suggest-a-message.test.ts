import { describe, expect, test } from 'vitest';
import { linksIn } from '../../src/features/resources/curating/links-in.ts';
import { givenCommunity } from '../support/community.ts';
import { agreeOnly, closeAll } from '../support/stories.ts';

const shortcut = 'Suggest as a resource';

async function givenPost(text: string, channel = 'general') {
  const community = await givenCommunity();
  const sam = community.as('sam');
  const robin = community.as('robin');
  await agreeOnly(robin);
  await sam.post(text, { in: channel });
  const message = robin.messages(channel).at(-1);
  if (!message) throw new Error(robin.describe());
  return { community, robin, message };
}

describe('a message becomes a suggestion', () => {
  test('one link, also where the bot is not: the form has its address, and the curators get it', async () => {
    const { community, robin, message } = await givenPost(
      'Look: https://example.org/sleep?utm_source=x it is good',
    );
    await robin.shortcut(shortcut, { message });
    expect(JSON.stringify(robin.modal())).toContain('https://example.org/sleep');
    expect(JSON.stringify(robin.modal())).not.toContain('utm_source');
    await robin.submit({ Title: 'Sleep' });
    expect(robin.modal()?.title).toBe('Suggestion sent');
    await closeAll(robin);
    await community.as('jo').command('/chatr catalogue');
    expect(community.as('jo').visibleText(community.as('jo').ephemerals().at(-1))).toContain('Sleep');
    expect(community.log).toEqual([]);
  });

  test('several links: one is chosen', async () => {
    const { community, robin, message } = await givenPost('https://example.org/a and https://example.org/b');
    await robin.shortcut(shortcut, { message });
    await robin.submit({ 'Which link?': 'https://example.org/b' });
    expect(JSON.stringify(robin.modal())).toContain('"https://example.org/b"');
    expect(community.log).toEqual([]);
  });

  test.each(['Good morning', 'file:///etc/passwd and http://localhost/x'])('no link: %s', async (text) => {
    const { community, robin, message } = await givenPost(text);
    await robin.shortcut(shortcut, { message });
    expect(robin.visibleText('modal')).toContain('There is no web address in this message.');
    expect(community.log).toEqual([]);
  });

  test('what is in the catalogue already is said to be', async () => {
    const { robin, message } = await givenPost('https://chtipportal.hackney.gov.uk/about-us');
    await robin.shortcut(shortcut, { message });
    await robin.submit({ Title: 'The portal' }, { mayFail: true });
    expect(JSON.stringify(robin.modal())).toContain('in the catalogue already');
  });
});

describe('links are read from every part of a message', () => {
  const rich = (url: string, text?: string) => ({
    blocks: [
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'link', url, text }] }],
      },
    ],
  });
  test.each([
    [
      'text',
      { text: 'see <https://example.org/x?a=1&amp;b=2|A &amp; B>' },
      [['https://example.org/x?a=1&b=2', 'A & B']],
    ],
    [
      'what people write',
      rich('https://example.org/', 'https://example.org/'),
      [['https://example.org/', '']],
    ],
    [
      'what apps write',
      { blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '<https://example.org/|One>' } }] },
      [['https://example.org/', 'One']],
    ],
    [
      'a preview',
      { text: '', attachments: [{ from_url: 'https://example.org/', title: 'One' }] },
      [['https://example.org/', 'One']],
    ],
    [
      'text and preview, once',
      {
        text: '<https://www.example.org/>',
        attachments: [{ title_link: 'https://example.org', title: 'One' }],
      },
      [['https://www.example.org/', 'One']],
    ],
    ['plain text', { text: '(https://example.org/x).' }, [['https://example.org/x', '']]],
    ['mail and people', { text: '<mailto:a@b.example|a@b.example> <@U1> <#C1|x> <!here>' }, []],
    ['nothing at all', undefined, []],
    ['anything', { text: 7, blocks: 'x', attachments: [null, 'y', { title: {} }] }, []],
  ])('%s', (_what, message, expected) => {
    expect(linksIn(message).map(({ url, title }) => [url, title])).toEqual(expected);
  });
});
